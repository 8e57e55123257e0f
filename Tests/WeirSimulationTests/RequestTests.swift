// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirCompiler
import WeirPolicy
import WeirSimulation
import WeirSyntax

/// Requests of test blocks, played by the engine that servers use; the policy in both forms.
@Suite struct RequestTests {
    /// A request with what it gets by the rules: the words of `when`, the status, and a field of the answer.
    struct Row: Sendable, CustomTestStringConvertible {
        let request: String
        let status: Int
        var header: (name: String, value: String)?
        var testDescription: String { request }

        init(_ request: String, _ status: Int, _ header: (name: String, value: String)? = nil) {
            self.request = request
            self.status = status
            self.header = header
        }
    }

    static let policy = """
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
          choose version by path "/{version}/", accept "application/vnd.shop.{version}+json", header "X-API-Version"
          without version use v2
          neutral "/health"
          always available "/v1/system/deprecations"
          count usage by header "X-Client-Id"

          version v1 {
            released 2023-05-02
            announced 2025-09-01
            deprecated 2026-03-01
            sunset 2027-03-01
            successor v2
            guide "https://developers.shop.example/v1"
            brownout 2027-01-12T14:00:00Z for 1h
            brownout 2027-02-02T14:00:00Z for 1h replies 503
            grace for "acme" until 2027-04-01
            POST "/orders" goes to checkout.place-order
          }

          version v2 extends v1 {
            released 2025-09-15
          }

          version v3 extends v2 {
            released 2028-01-01
          }
        }

        """

    static let rows = [
        Row(#"POST "/v1/orders" to orders on 2026-02-28"#, 200, ("Deprecation", "@1772323200")),
        Row(#"POST "/v1/orders" to orders on 2026-03-01"#, 200, ("Sunset", "Mon, 01 Mar 2027 00:00:00 GMT")),
        Row(#"POST "/v9/orders" to orders on 2026-03-01"#, 404, ("Content-Type", "application/problem+json")),
        Row(#"POST "/v3/orders" to orders on 2026-03-01"#, 404, ("X-API-Supported-Versions", "v1, v2")),
        Row(#"POST "/v3/orders" to orders on 2028-01-01"#, 200, ("X-API-Latest-Version", "v3")),
        Row(#"POST "/orders" to orders with header "X-API-Version" "v9" on 2026-03-01"#, 400),
        Row(#"POST "/orders" to orders with header "X-API-Version" "new" on 2026-03-01"#, 400),
        Row(#"POST "/v1/orders" to orders with header "X-API-Version" "v2" on 2026-03-01"#, 400),
        Row(#"POST "/orders" to orders on 2026-03-01"#, 200, ("X-API-Version", "v2")),
        Row(#"POST "/orders" to orders with header "Accept" "application/vnd.shop.v9+json" on 2026-03-01"#, 406),
        Row(#"POST "/orders" to orders with header "Accept" "application/vnd.shop.v1+json" on 2027-03-01"#, 410),
        Row(#"POST "/orders" to orders with header "Content-Type" "application/vnd.shop.v9+json" on 2026-03-01"#, 415),
        Row(#"POST "/v1/orders" to orders on 2027-02-28T23:59:59Z"#, 200),
        Row(#"POST "/v1/orders" to orders on 2027-03-01"#, 410, ("Deprecation", "@1772323200")),
        Row(
            #"POST "/v1/orders" to orders with header "X-Client-Id" "acme" on 2027-03-31"#, 200,
            ("Cache-Control", "private")),
        Row(#"POST "/v1/orders" to orders with header "X-Client-Id" "acme" on 2027-04-01"#, 410),
        Row(#"POST "/v1/orders" to orders on 2027-01-12T14:59:59Z"#, 410, ("Retry-After", "1")),
        Row(#"POST "/v1/orders" to orders on 2027-02-02T14:00:00Z"#, 503, ("Cache-Control", "no-store")),
        Row(#"POST "/v1/orders" to orders on 2027-01-12T15:00:00Z"#, 200),
        Row(#"GET "/v1/system/deprecations" to orders on 2027-06-01"#, 200, ("Vary", "Accept, X-API-Version")),
        Row(#"GET "/health" to orders with header "X-API-Version" "new" on 2026-03-01"#, 200),
        Row(#"PUT "/v2/orders" to orders on 2026-03-01"#, 405, ("Allow", "POST, OPTIONS")),
        Row(#"POST "/v2/none" to orders on 2026-03-01"#, 404),
    ]

    private static func compile(_ text: String, _ form: SourceFile.Form) throws -> Compilation {
        let file = SourceFile(path: "shop.weir", form: .weir, bytes: Array(text.utf8))
        guard form == .yaml else { return Compiler.compile(files: [file]) }
        guard case .converted(let bytes) = Converter.convert(file, to: .yaml) else {
            Issue.record("no YAML form")
            return Compiler.compile(files: [])
        }
        return Compiler.compile(files: [SourceFile(path: "shop.weir.yaml", form: .yaml, bytes: bytes)])
    }

    private static func run(_ test: String, _ form: SourceFile.Form) throws -> TestResult {
        let compilation = try compile(policy + test, form)
        #expect(!compilation.hasErrors, "\(compilation.diagnostics)")
        let graph = try #require(compilation.graph())
        return TestRunner.run(try #require(compilation.tests.first), graph: graph)
    }

    @Test(arguments: rows, [SourceFile.Form.weir, .yaml])
    func `get what the rules say, in both forms`(row: Row, form: SourceFile.Form) throws {
        var text = "test \"one row\" {\n  when \(row.request)\n  then status is \(row.status)\n"
        if let header = row.header { text += "  then header \"\(header.name)\" is \"\(header.value)\"\n" }
        let result = try Self.run(text + "}\n", form)
        #expect(result.passed, "\(result)")
    }

    @Test func `show the values of the field that is not as expected`() throws {
        let result = try Self.run(
            """
            test "wrong" {
              when POST "/v1/orders" to orders on 2026-03-01
              then header "Sunset" is "never"
              then header "No such" is "a"
            }

            """, .weir)
        #expect(!result.passed)
        #expect(
            result.expectations.map { $0.explanation.last } == [
                "  Sunset: \"Mon, 01 Mar 2027 00:00:00 GMT\"", "  No such: none",
            ])
    }

    @Test func `refuse to pass where a header field cannot be sent`() throws {
        let result = try Self.run(
            """
            test "no field" {
              when POST "/v1/orders" to orders with header "No such" "a" on 2026-03-01
              then status is 200
            }

            """, .weir)
        #expect(!result.passed)
        #expect(result.problem?.hasSuffix("and names of header fields") == true)
    }
}
