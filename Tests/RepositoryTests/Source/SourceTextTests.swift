// SPDX-License-Identifier: Apache-2.0

import Testing

/// What every Swift file keeps to.
@Suite struct SourceTextTests {
    /// A habit: what must not stand in a line of code, where, and what to write instead.
    struct Ban: Sendable, CustomTestStringConvertible {
        let pattern: String
        let instead: String
        /// The folders it holds in.
        var folders = ["Sources/", "Tests/", "Examples/", "Benchmarks/"]
        /// Files that may, with the reason in the code beside it.
        var except: [String] = []

        var testDescription: String { pattern }

        func holds(in path: String) -> Bool {
            folders.contains { path.hasPrefix($0) } && !except.contains { path.hasPrefix($0) || path.hasSuffix($0) }
        }
    }

    static let libraries = ["Sources/"]
    static let bans: [Ban] = [
        Ban(pattern: #"\bDate\(\)"#, instead: "an injected clock", folders: libraries),
        Ban(pattern: #"Task\.sleep\((?!.*clock:)"#, instead: "an injected clock", folders: ["Sources/", "Tests/"]),
        Ban(pattern: #"\.random\(in: [^,()]*\)"#, instead: "a seeded generator, `using:`"),
        Ban(pattern: #"\.(randomElement|shuffled)\(\)"#, instead: "a seeded generator, `using:`"),
        Ban(
            pattern: #"SystemRandomNumberGenerator"#, instead: "EngineRandom", folders: libraries,
            except: ["Time/EngineRandom.swift"]),
        Ban(pattern: #"\btry!"#, instead: "`try`, or a value that cannot be wrong"),
        Ban(pattern: #"\bas!"#, instead: "`as?`"),
        Ban(pattern: #"\bfatalError\("#, instead: "a typed error, or a type that has no such case"),
        Ban(
            pattern: #"(^|[^\w.])(print|debugPrint|dump)\("#, instead: "a logger, or the command line's Terminal",
            folders: libraries, except: ["Sources/WeirCommand/"]),
        Ban(
            pattern: #"\b(DispatchQueue|NSLock|DispatchSemaphore)\b"#, instead: "an actor or the internal lock",
            folders: libraries),
    ]

    @Test(arguments: Repository.swiftFiles)
    func `is short enough to be read in one sitting`(file: Repository.File) throws {
        let name = file.path.split(separator: "/").last ?? ""
        guard !name.hasPrefix("Rows+"), !file.path.contains("/Generated/"), !file.path.contains("/Tables/") else {
            return
        }
        let count = try file.lines().count
        #expect(count <= 301, "\(file.path) has \(count - 1) lines: split it by job, at most 300")
    }

    @Test(arguments: Repository.swiftFiles)
    func `begins with its licence`(file: Repository.File) throws {
        let lines = try file.lines()
        let first = lines.first == "// swift-tools-version: 6.2" ? lines.dropFirst().first : lines.first
        #expect(
            first == "// SPDX-License-Identifier: Apache-2.0",
            "write `// SPDX-License-Identifier: Apache-2.0` in the first line of \(file.path)")
    }

    @Test(arguments: bans)
    func `is not called`(ban: Ban) throws {
        let expression = try Regex(ban.pattern)
        for file in Repository.swiftFiles where ban.holds(in: file.path) {
            for (number, line) in try file.lines().enumerated() {
                let code = Self.code(of: line)
                guard code.firstMatch(of: expression) != nil else { continue }
                Issue.record("\(file.path):\(number + 1): write \(ban.instead) instead of \(line.trimmed)")
            }
        }
    }

    @Test(arguments: Repository.swiftFiles)
    func `says why it is sure where the compiler cannot be`(file: Repository.File) throws {
        let unchecked = try Regex(#"@unchecked Sendable|nonisolated\(unsafe\)"#)
        let lines = try file.lines()
        for (number, line) in lines.enumerated() where Self.code(of: line).firstMatch(of: unchecked) != nil {
            let before = lines[max(0, number - 6)..<number].map(\.trimmed)
            #expect(
                before.contains { $0.hasPrefix("//") } || line.contains("//"),
                "\(file.path):\(number + 1): write the proof beside it")
        }
    }

    @Test(arguments: Repository.swiftFiles)
    func `is finished`(file: Repository.File) throws {
        let marks = ["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"].map { "\\b\($0)\\b" }.joined(separator: "|")
        let expression = try Regex(marks)
        for (number, line) in try file.lines().enumerated() where line.firstMatch(of: expression) != nil {
            Issue.record("\(file.path):\(number + 1): finish it, or write an issue: \(line.trimmed)")
        }
    }

    /// A line without its comment and without the text between quotes, which may name what code must not call.
    static func code(of line: Substring) -> String {
        var code = ""
        var isText = false
        var before: Character = " "
        for character in line {
            if character == "\"", before != "\\" { isText.toggle() }
            if character == "/", before == "/", !isText { return String(code.dropLast()) }
            if !isText { code.append(character) }
            before = character
        }
        return code
    }
}

extension StringProtocol {
    /// Without the white space at its ends.
    var trimmed: String { String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()) }
}
