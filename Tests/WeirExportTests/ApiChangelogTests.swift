// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirCompiler
import WeirExport
import WeirPolicy
import WeirSyntax

/// What of a change those who call an API are told.
@Suite struct ApiChangelogTests {
    private static let policy = """
        edition 1

        service checkout {
          owner "team-checkout"
          operation place-order {
            POST "/orders"
          }
        }

        api orders {
          base "/api"
          choose version by path "/{version}/"
          pin "acme" to v1
          version v1 {
            released 2023-05-02
            deprecated 2026-03-01
            sunset 2027-03-01
            successor v2
            grace for "acme" until 2027-06-01
            POST "/orders" goes to checkout.place-order
          }
          version v2 extends v1 {
            released 2025-09-15
          }
          version v3 extends v2 {
            released 2025-10-15
          }
        }

        """

    private static func apis(_ text: String) throws -> [ApiNode] {
        let compilation = Compiler.compile(files: [SourceFile(path: "a.weir", form: .weir, text: text)])
        #expect(!compilation.hasErrors, "\(compilation.diagnostics)")
        return try #require(compilation.graph()).apis
    }

    @Test(
        arguments: [
            ("sunset 2027-03-01", "sunset 2027-04-01", "`v1`: sunset 2027-03-01 → 2027-04-01, later"),
            (
                "until 2027-06-01", "until 2027-05-01",
                "`v1`: served to `acme` until 2027-06-01 → 2027-05-01, **earlier**"
            ),
            ("until 2027-06-01", "until 2027-07-01", "`v1`: served to `acme` until 2027-06-01 → 2027-07-01, later"),
            (
                "    grace for \"acme\" until 2027-06-01\n", "",
                "`v1`: **not served to `acme` until 2027-06-01 any more**"
            ),
            ("for \"acme\"", "for \"zeta\"", "`v1`: served to `zeta` until 2027-06-01"),
            ("successor v2", "successor v3", "`v1`: succeeded by `v3`"),
            ("successor v2\n", "successor v2\n    after sunset replies 404\n", "`v1`: status 404 after the sunset"),
            ("base \"/api\"", "base \"/public\"", "paths begin with `/public`; they began with `/api`"),
            ("to v1", "to v2", "`acme` is pinned to `v2`"),
            ("  pin \"acme\" to v1\n", "", "`acme` is pinned to nothing any more"),
            (
                "  pin", "  malformed version replies 422\n  pin", "malformed version: status 422"
            ),
        ])
    func `names what changed for clients`(old: String, new: String, line: String) throws {
        let changed = Self.policy.replacing(old, with: new)
        try #require(changed != Self.policy)
        let text = ApiChangelog.text(from: try Self.apis(Self.policy), to: try Self.apis(changed))
        #expect(text.contains("- \(line)\n"), "\(text)")
    }

    @Test func `says nothing where nothing changed`() throws {
        #expect(ApiChangelog.text(from: try Self.apis(Self.policy), to: try Self.apis(Self.policy)).isEmpty)
    }
}
