// SPDX-License-Identifier: Apache-2.0

import Foundation
import WeirSyntax

/// What came of all mutants of a subject.
struct CrewOutcome {
    let subject: Subject
    let count: UInt64
    let seconds: Double
    /// The numbers of the mutants with flaws, and what does not hold.
    let flaws: [(number: UInt64, reason: String)]
}

/// Plays the mutants of a subject, a process a processor, and watches over them.
struct Crew {
    /// A worker that stays at one mutant for longer is ended, and the mutant named.
    private static let longestMutant = Duration.seconds(30)

    let subject: Subject
    let count: UInt64
    let texts: WeirMutants.Texts

    func play() async throws -> CrewOutcome {
        let start = ContinuousClock.now
        let size = try Corpus(texts).count
        let members = try ranges.map { try Member(subject: subject, range: $0, texts: texts) }
        let progress = ProgressLine()
        while members.contains(where: \.isAtWork) {
            try await ContinuousClock().sleep(for: .milliseconds(100))
            for member in members { member.endIfStuck(after: Self.longestMutant) }
            progress.show("\(subject.rawValue): \(members.reduce(0) { $0 + $1.done }) of \(count) mutants")
        }
        progress.clear()
        let flaws = try members.flatMap { try $0.flaws() }.sorted { $0.number < $1.number }
        let seconds = Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000
        let name = subject.rawValue.padding(toLength: 10, withPad: " ", startingAt: 0)
        print(
            "\(name) \(count) mutants of \(size) texts, seed \(texts.seed),",
            String(format: "%.1f s, \(flaws.count) flaws", seconds))
        for flaw in flaws { try report(flaw) }
        return CrewOutcome(subject: subject, count: count, seconds: seconds, flaws: flaws)
    }

    /// As many ranges as there are processors, of the same length but for the last.
    private var ranges: [Range<UInt64>] {
        let share = max(1, count / UInt64(ProcessInfo.processInfo.activeProcessorCount) + 1)
        return stride(from: 0, to: count, by: Int(share)).map { $0..<min(count, $0 + share) }
    }

    /// Keeps the mutant in a file and says where.
    private func report(_ flaw: (number: UInt64, reason: String)) throws {
        let forms = subject.forms
        let mutant = try Corpus(texts).mutant(flaw.number, of: forms[Int(flaw.number % UInt64(forms.count))])
        let folder = ".build/mutants"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = "\(folder)/\(subject.rawValue)-\(flaw.number)-\(mutant.path)"
        try Data(mutant.bytes).write(to: URL(filePath: path))
        print("  mutant \(flaw.number): \(flaw.reason); kept as \(path)")
    }
}
