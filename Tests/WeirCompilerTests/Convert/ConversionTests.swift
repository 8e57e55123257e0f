// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirCompiler
import WeirPolicy
import WeirSyntax

/// A whole set of files means the same in the other form, down to the bytes of its graph.
@Suite struct ConversionTests {
    private static let samples = "Tests/WeirSyntaxTests/Fixtures/samples"
    private static let example = "Examples/ReferenceService/policies"

    @Test(arguments: [
        ("policies", SourceFile.Form.weir, true), ("policies/yaml", .yaml, true), (samples, .weir, false),
        (samples, .yaml, false), (example, .weir, true),
    ])
    func `graphs, tests and allowances are the same there and back`(
        folder: String, form: SourceFile.Form, rootIsKnown: Bool
    ) throws {
        let files = try Corpus.files(folder, form: form)
        let other: SourceFile.Form = form == .weir ? .yaml : .weir
        let there = try files.map { try Self.converted($0, to: other) }
        let back = try there.map { try Self.converted($0, to: form) }
        let before = Self.compile(files, rootIsKnown)
        for after in [Self.compile(there, rootIsKnown), Self.compile(back, rootIsKnown)] {
            #expect(after.diagnostics.map(\.id) == before.diagnostics.map(\.id))
            #expect(after.environments == before.environments)
            for environment in [nil] + before.environments.map(Optional.some) {
                let graph = try #require(before.graph(environment: environment))
                let twin = try #require(after.graph(environment: environment))
                #expect(
                    String(decoding: twin.canonicalJSON, as: UTF8.self)
                        == String(decoding: graph.canonicalJSON, as: UTF8.self))
                #expect(twin == graph)
            }
            #expect(after.tests.map(Self.withoutPlaces) == before.tests.map(Self.withoutPlaces))
            #expect(
                after.tests.map { $0.publications.map(\.fields) } == before.tests.map { $0.publications.map(\.fields) })
            #expect(after.tests.map { $0.requests.map(\.fields) } == before.tests.map { $0.requests.map(\.fields) })
            #expect(after.allowances.map(Self.withoutPlaces) == before.allowances.map(Self.withoutPlaces))
        }
    }

    /// A test or an allowance with all that is in it but the places, which no conversion keeps.
    private static func withoutPlaces<T>(_ subject: T) -> String {
        // Fields stand in no order; they are compared by themselves.
        String(describing: subject).replacing(/place: [^ ,)\]]+/, with: "").replacing(/fields: \[[^\]]*\]/, with: "")
    }

    private static func compile(_ files: [SourceFile], _ rootIsKnown: Bool) -> Compilation {
        Compiler.compile(files: files, options: CompilerOptions(rootIsKnown: rootIsKnown))
    }

    private static func converted(_ file: SourceFile, to form: SourceFile.Form) throws -> SourceFile {
        let result = Converter.convert(file, to: form)
        guard case .converted(let bytes) = result else { throw NotConverted(what: "\(file.path): \(result)") }
        return SourceFile(path: Converter.path(file.path, in: form), form: form, bytes: bytes)
    }

    private struct NotConverted: Error { let what: String }
}
