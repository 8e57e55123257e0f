// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirCompiler
import WeirSyntax

/// A policy in a document, made whole.
///
/// - ```` ```policy ```` is a file;
/// - ```` ```policy in NAME … ```` is what stands inside blocks: `in policy` in a policy, `in policy retry` in its retry;
/// - ```` ```policy beside platform ```` is a file that stands beside the package of the sample of `use`;
/// - ```` ```policy refused ID ```` is a file that must give that finding;
/// - ```` ```yaml policy ```` is the twin of the policy block before it.
struct PolicyBlock {
    let block: FencedBlock

    /// The heads of the blocks that a fragment may stand in.
    private static let heads = [
        "policy": "policy example", "retry": "retry up to 3 attempts", "breaker": "breaker", "limit": "limit 100/s",
        "bulkhead": "bulkhead 10 calls", "fallback": "fallback to status 503", "defaults": "defaults",
        "api": "service checkout {\n  operation get-order {\n    GET \"/orders\"\n  }\n}\n\napi orders",
        "version": "version v1", "service": "service example", "operation": "operation run",
        "environment": "environment staging",
        "test": "test \"example\"",
    ]

    /// The finding it must give; nil: none.
    var refusedID: String? { block.words.first == "refused" ? block.words.dropFirst().first : nil }
    var isTwin: Bool { block.language == "yaml" }

    /// The whole file.
    func file() throws -> SourceFile {
        var text = block.text
        if block.words.first == "in" {
            for word in block.words.dropFirst() {
                let head = try #require(Self.heads[word], "\(block.path):\(block.line): no block is called \(word)")
                text = "\(head) {\n\(text)}\n"
            }
        }
        let form: SourceFile.Form = isTwin ? .yaml : .weir
        return SourceFile(path: "\(block.path):\(block.line)", form: form, text: text)
    }

    /// What it means.
    func compile() throws -> Compilation {
        let neighbour = block.words.contains("beside") ? LanguageTable.row(.use)?.sampleNeighbour : nil
        return Compiler.compile([try file(), neighbour].compactMap(\.self).map(SyntaxTree.parse))
    }
}
