// SPDX-License-Identifier: Apache-2.0

import Testing

/// What the command line says of the reference policies.
@Suite(.serialized) struct ReferenceRunTests {
    static let workspaces = ["policies", "policies/yaml"]

    @Test(arguments: workspaces + ["Examples/ReferenceService/policies"])
    func `finds nothing wrong`(workspace: String) throws {
        let result = try WeirProgram.run("check", workspace)
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.output.isEmpty)
    }

    @Test(arguments: workspaces)
    func `sees every test pass`(workspace: String) throws {
        let result = try WeirProgram.run("test", workspace)
        #expect(result.status == 0, "\(result.output)\(result.errors)")
    }

    @Test func `finds them formatted`() throws {
        let result = try WeirProgram.run("fmt", "--check", "policies", "Examples/ReferenceService/policies")
        #expect(result.status == 0, "\(result.output)\(result.errors)")
    }

    @Test func `writes the same bundle twice`() throws {
        let first = try WeirProgram.run("compile", "policies", "-o", "-")
        let second = try WeirProgram.run("compile", "policies", "-o", "-")
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output == second.output)
        #expect(!first.output.isEmpty)
    }

    @Test func `runs no test where there is none`() throws {
        #expect(try WeirProgram.run("test", "policies/platform").status == 2)
    }
}
