// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirSyntax

/// The policies to begin with: a file of policies and a file of tests each, kept in `Presets`.
enum Preset: String, ExpressibleByArgument, CaseIterable {
    case httpClient = "http-client"
    case database
    case cache
    case messageConsumer = "message-consumer"
    case batch

    /// What to run next, to see more of it than that it holds.
    var nextCommand: String {
        switch self {
        case .httpClient: "explain card-payments"
        case .database: "explain database-reads"
        case .cache: "explain cache-reads"
        case .messageConsumer: "graph events"
        case .batch: "explain nightly-exports"
        }
    }

    /// The file that marks a workspace.
    static var settings: [UInt8] { PackageResources.weir_yaml }

    /// Its files in the language's own text.
    var sources: [SourceFile] {
        let (policies, tests) =
            switch self {
            case .httpClient: (PackageResources.http_client_weir, PackageResources.http_client_test_weir)
            case .database: (PackageResources.database_weir, PackageResources.database_test_weir)
            case .cache: (PackageResources.cache_weir, PackageResources.cache_test_weir)
            case .messageConsumer:
                (PackageResources.message_consumer_weir, PackageResources.message_consumer_test_weir)
            case .batch: (PackageResources.batch_weir, PackageResources.batch_test_weir)
            }
        return [
            SourceFile(path: "\(rawValue).weir", form: .weir, bytes: policies),
            SourceFile(path: "\(rawValue).test.weir", form: .weir, bytes: tests),
        ]
    }

    /// Its files in a form. YAML is converted, comments included, and its first line tells editors of the schema.
    func files(in form: WrittenForm) throws -> [SourceFile] {
        guard form == .yaml else { return sources }
        return try sources.map { source in
            guard case .converted(let bytes) = Converter.convert(source, to: .yaml) else {
                throw CommandError(
                    "the preset `\(rawValue)` cannot be written as YAML; please report it", .internalFault)
            }
            let head = "# yaml-language-server: $schema=\(Self.schemaFile)\n"
            return SourceFile(
                path: Converter.path(source.path, in: .yaml), form: .yaml, bytes: Array(head.utf8) + bytes)
        }
    }

    /// The name of the schema beside files in YAML.
    static let schemaFile = "weir.schema.json"
}
