// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A worker's process, as its parent sees it.
final class Member {
    private let range: Range<UInt64>
    private let process = Process()
    private let counter: MutantCounter
    private let folder = FileManager.default.temporaryDirectory.appending(path: "weir-crew-\(UUID().uuidString)")
    private var lastSeen: (number: UInt64, at: ContinuousClock.Instant)
    private var wasStuck = false

    /// Starts this program once more for a range of mutants.
    init(subject: Subject, range: Range<UInt64>, texts: WeirMutants.Texts) throws {
        self.range = range
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let (place, log) = (folder.appending(path: "counter").path, folder.appending(path: "log"))
        counter = try MutantCounter(path: place)
        counter.value = range.lowerBound
        lastSeen = (range.lowerBound, .now)
        try Data().write(to: log)
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [
            "work", "--subject", subject.rawValue, "--from", "\(range.lowerBound)", "--to", "\(range.upperBound)",
            "--counter", place, "--seeds", texts.seeds, "--seed", "\(texts.seed)",
        ]
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: log)
        try process.run()
    }

    deinit { try? FileManager.default.removeItem(at: folder) }  // A leftover harms nobody.

    var isAtWork: Bool { process.isRunning }

    /// How many mutants it has played.
    var done: UInt64 { counter.value - range.lowerBound }

    /// Ends a worker that a mutant has stopped.
    func endIfStuck(after longest: Duration) {
        guard process.isRunning else { return }
        let number = counter.value
        if number != lastSeen.number {
            lastSeen = (number, .now)
        } else if ContinuousClock.now - lastSeen.at > longest {
            wasStuck = true
            kill(process.processIdentifier, SIGKILL)
        }
    }

    /// The flaws that it wrote down, and the mutant that ended it.
    func flaws() throws -> [(number: UInt64, reason: String)] {
        let log = String(decoding: try Data(contentsOf: folder.appending(path: "log")), as: UTF8.self)
        var flaws = log.split(separator: "\n").compactMap { line -> (number: UInt64, reason: String)? in
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2, let number = UInt64(words[0]) else { return nil }
            return (number, String(words[1]))
        }
        if wasStuck {
            flaws.append((counter.value, "the reader does not come to an end"))
        } else if process.terminationReason == .uncaughtSignal || process.terminationStatus != 0 {
            let how = process.terminationReason == .uncaughtSignal ? "signal" : "status"
            flaws.append((counter.value, "it ends the process with \(how) \(process.terminationStatus)"))
        } else if flaws.isEmpty, counter.value != range.upperBound {
            flaws.append((counter.value, "the worker left early"))
        }
        return flaws
    }
}
