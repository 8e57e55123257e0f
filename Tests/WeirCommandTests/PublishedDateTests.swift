// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import WeirCommand

/// The file of published dates: `weir api publish` writes it, and nothing that it says gets shorter but in an emergency.
@Suite struct PublishedDateTests {
    enum Form: String, CaseIterable {
        case weir, yaml
    }

    private static let policy = """
        edition 1
        package shop

        service checkout {
          owner "team-checkout"
          operation place-order {
            POST "/orders"
          }
        }

        api orders {
          served by checkout
          never shorten dates published in "dates.json"
          choose version by path "/{version}/"

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
            POST "/refunds" goes to checkout.place-order {
              deprecated 2026-05-01
              sunset 2027-05-01
            }
          }
        }

        """

    /// The policies of a test, in one of the two forms.
    private struct Policies: ~Copyable {
        let workspace: TemporaryWorkspace
        let form: Form

        init(_ form: Form) throws {
            self.form = form
            workspace = try TemporaryWorkspace(["weir.yaml": "", "shop/README": ""])
        }

        /// Policies as they are published first.
        static func original(_ form: Form) throws -> Policies {
            let policies = try Policies(form)
            try policies.write(PublishedDateTests.policy)
            return policies
        }

        func weir(_ arguments: String...) throws -> CommandRun { try CommandRun(arguments, in: workspace.url) }

        /// Writes the policy with texts replaced.
        func write(_ text: String, _ changes: (String, String)...) throws {
            var changed = text
            for (old, new) in changes {
                #expect(changed.contains(old), "\(old)")
                changed = changed.replacing(old, with: new)
            }
            let source = workspace.url.appendingPathComponent("shop/api.weir")
            try Data(changed.utf8).write(to: source)
            guard form == .yaml else { return }
            let yaml = try weir("convert", "--to", "yaml", "shop/api.weir").output
            try FileManager.default.removeItem(at: source)
            try Data(yaml.utf8).write(to: workspace.url.appendingPathComponent("shop/api.weir.yaml"))
        }
    }

    @Test(arguments: Form.allCases) func `is written once, and warned of until then`(form: Form) throws {
        let policies = try Policies.original(form)
        let warned = try policies.weir("check")
        #expect(warned.status == 0 && warned.output.contains("A012 api/unpublished-date: a date of `v1` is not among"))
        #expect(warned.output.contains("a date of `POST /refunds` of `v2` is not among"))
        #expect(warned.output.contains("the grace of `acme` in `v1` is not among"))
        #expect(try policies.weir("api", "publish").output == "wrote dates.json\n")
        #expect(try policies.weir("api", "publish").output == "dates.json: nothing new\n")
        #expect(try policies.weir("check").output.isEmpty)
        #expect(
            try policies.workspace.text("dates.json") == """
                {
                  "shop.orders": {
                    "v1": {
                      "deprecated": "2026-03-01",
                      "grace": {
                        "acme": "2027-06-01"
                      },
                      "sunset": "2027-03-01"
                    },
                    "v2": {
                      "routes": {
                        "POST /refunds": {
                          "deprecated": "2026-05-01",
                          "sunset": "2027-05-01"
                        }
                      }
                    }
                  }
                }

                """)
    }

    /// A change of the policy, and what is said of it.
    struct Change: Sendable, CustomTestStringConvertible {
        let old: String
        let new: String
        let finding: String
        var testDescription: String { "\(old) → \(new)" }
    }

    static let breaches = [
        Change(
            old: "sunset 2027-03-01", new: "sunset 2027-02-28",
            finding: "a date of `v1` moves from 2027-03-01 to 2027-02-28, and it was published"),
        Change(
            old: "deprecated 2026-03-01", new: "deprecated 2026-02-01",
            finding: "a date of `v1` moves from 2026-03-01 to 2026-02-01, and it was published"),
        Change(
            old: "sunset 2027-05-01", new: "sunset 2027-04-30T23:59:59Z",
            finding:
                "a date of `POST /refunds` of `v2` moves from 2027-05-01 to 2027-04-30T23:59:59Z, and it was published"),
        Change(
            old: "until 2027-06-01", new: "until 2027-05-01",
            finding: "the grace of `acme` in `v1` moves from 2027-06-01 to 2027-05-01, and it was published"),
        Change(
            old: "    grace for \"acme\" until 2027-06-01\n", new: "",
            finding: "the grace of `acme` in `v1` was published until 2027-06-01, and is not declared any more"),
        Change(
            old: "POST \"/refunds\"", new: "POST \"/returns\"",
            finding: "`POST /refunds` of `v2` was published until 2027-05-01, and is not declared any more"),
    ]

    @Test(arguments: breaches, Form.allCases)
    func `refuses what shortens a promise, unless it is an emergency with a reason`(
        change: Change, form: Form
    ) throws {
        let policies = try Policies.original(form)
        #expect(try policies.weir("api", "publish").status == 0)
        try policies.write(Self.policy, (change.old, change.new))
        let refused = try policies.weir("check")
        #expect(refused.status == 1)
        #expect(refused.output.contains("A011 api/published-date-moved: \(change.finding)"), "\(refused.output)")
        #expect(try policies.weir("api", "publish").status == 1)

        let name = change.finding.contains("`v2`") ? "released 2025-09-15" : "released 2023-05-02"
        try policies.write(
            Self.policy, (change.old, change.new), (name, name + "\n    emergency \"leaks addresses\""))
        #expect(try policies.weir("check").status == 0)
        #expect(try policies.weir("api", "publish").status == 0)
        #expect(try policies.workspace.text("dates.json").contains("\"emergency\": \"leaks addresses\""))
        #expect(try policies.weir("check").output.isEmpty)
    }

    @Test(arguments: Form.allCases) func `takes later dates, and a version that is gone for a breach`(form: Form) throws
    {
        let policies = try Policies.original(form)
        #expect(try policies.weir("api", "publish").status == 0)
        try policies.write(
            Self.policy, ("sunset 2027-03-01", "sunset 2027-06-01"), ("until 2027-06-01", "until 2027-09-01"),
            ("sunset 2027-05-01", "sunset 2027-08-01"))
        #expect(try policies.weir("check").status == 0)
        let from = try #require(Self.policy.range(of: "  version v1 {"))
        let to = try #require(Self.policy.range(of: "  version v2 extends v1 {"))
        try policies.write(
            Self.policy.replacingCharacters(in: from.lowerBound..<to.upperBound, with: "  version v2 {"))
        let gone = try policies.weir("check")
        #expect(gone.output.contains("`v1` was published until 2027-03-01, and is not declared any more"))
    }
}
