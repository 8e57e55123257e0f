// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// Damages every text of the repository at random and gives it to what reads texts, on all processors.
///
/// It is a program, not a test among the others, because only optimised code gets through enough mutants in a minute, and because
/// a mutant that ends or stops its process must be named by another one.
@main
struct WeirMutants: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "WeirMutants", abstract: "Give damaged policy files to what reads them.",
        subcommands: [Play.self, Work.self], defaultSubcommand: Play.self)

    /// The parent: hands out the mutants and reports.
    struct Play: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Play mutants, all subjects in turn.")

        @Option(help: "How many mutants each subject gets; reload gets a tenth of them.") var count: UInt64 = 100_000
        @Option(help: "A subject: \(Subject.allCases.map(\.rawValue).joined(separator: ", ")).") var only: Subject?
        @Option(help: "Where to write results as JUnit's XML.") var results: String?
        @OptionGroup var texts: Texts

        func run() async throws {
            var outcomes: [CrewOutcome] = []
            for subject in Subject.allCases where only == nil || only == subject {
                outcomes.append(
                    try await Crew(subject: subject, count: max(1, count / subject.share), texts: texts).play())
            }
            if let results { try ResultFile.write(outcomes, to: results) }
            if outcomes.contains(where: { !$0.flaws.isEmpty }) { throw ExitCode.failure }
        }
    }

    /// A child: plays a range of them.
    struct Work: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Play a range of mutants.", shouldDisplay: false)

        @Option var subject: Subject
        @Option var from: UInt64
        @Option var to: UInt64
        @Option var counter: String
        @OptionGroup var texts: Texts

        func run() async throws {
            let counter = try MutantCounter(path: counter)
            try await Worker(subject: subject, range: from..<max(from, to), texts: texts, counter: counter).work()
        }
    }

    /// What mutants are made of.
    struct Texts: ParsableArguments {
        @Option(help: "The folder of the texts, as scripts/fuzz-seeds writes it.") var seeds = ".build/fuzz/seeds"
        @Option(help: "Another seed gives other mutants.") var seed: UInt64 = 1
    }
}
