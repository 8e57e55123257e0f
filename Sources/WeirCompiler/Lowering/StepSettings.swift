// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// The layered settings of one step while it is lowered: hands them out one by one and notes where each came from.
struct StepSettings {
    let kind: StepKind
    /// The statement that stands for the step, for findings that concern all of it.
    let statement: Statement
    let file: Int
    private let own: [WrittenSetting]
    private let defaults: [WrittenSetting]
    let constants: ConstantResolver
    private let files: FileTable
    /// Where each setting came from, in the order they were taken.
    private(set) var origins: [SettingOrigin] = []
    /// Whether a value could not be read, which has been reported.
    var isDamaged = false

    init(
        kind: StepKind, statement: Statement, file: Int, own: [WrittenSetting], defaults: [WrittenSetting],
        constants: ConstantResolver
    ) {
        self.kind = kind
        self.statement = statement
        self.file = file
        self.own = own
        self.defaults = defaults
        self.constants = constants
        files = constants.names.workspace.files
        origins.reserveCapacity(12)
    }

    /// A setting that some layer gave.
    struct Taken {
        let statement: Statement
        let more: [Statement]
        let reader: ValueReader
    }

    private func written(_ key: SettingKey) -> WrittenSetting? {
        own.first { $0.key == key } ?? defaults.first { $0.key == key }
    }

    /// A setting of the layer that won; nil: the engine's default holds.
    mutating func take(_ key: SettingKey) -> Taken? {
        guard let written = written(key) else {
            origins.append(SettingOrigin(setting: key.words(of: kind), layer: .engine, place: nil))
            return nil
        }
        origins += origins(of: written)
        return Taken(
            statement: written.statement, more: written.more,
            reader: ValueReader(constants: constants, file: written.file))
    }

    /// A setting that hardly any step has: without one there is nothing to say of its default.
    mutating func takeWritten(_ key: SettingKey) -> Taken? { written(key) == nil ? nil : take(key) }

    /// Where each statement of a setting came from: the environment whose `let` gave its value, else the statement.
    private func origins(of written: WrittenSetting) -> [SettingOrigin] {
        guard let environment = constants.environment else { return written.origins }
        return zip([written.statement] + written.more, written.origins).map { statement, origin in
            for value in statement.allValues {
                guard let constant = constants.overlay(of: value, in: written.file) else { continue }
                let place = files.place(constant.nameRange, in: constant.file)
                return SettingOrigin(setting: origin.setting, layer: .environment(environment), place: place)
            }
            return origin
        }
    }

    /// A value that must be readable when it is stated.
    mutating func need<Result>(_ value: Value?, _ result: @autoclosure () -> Result?) -> Result? {
        guard value != nil else { return nil }
        let result = result()
        if result == nil { isDamaged = true }
        return result
    }

    /// Reports a value that the typed policy refuses, at the setting that gave it.
    mutating func report(_ error: InvalidValue) {
        isDamaged = true
        let written = SettingKey(refused: error.setting, kind).flatMap { self.written($0) }
        let range = (written?.statement ?? statement).headRange
        let place = files.label(range, in: written?.file ?? file, "must be \(error.rule)")
        constants.names.findings.report(Diagnostic(.outOfBounds, error.description, at: place))
    }

    /// Makes the typed policy; a refusal is reported, and nil.
    mutating func make<Policy>(_ make: () throws(InvalidValue) -> Policy) -> Policy? {
        guard !isDamaged else { return nil }
        do {
            return try make()
        } catch {
            report(error)
            return nil
        }
    }
}

extension SettingKey {
    /// The setting that a typed policy means when it refuses a value.
    init?(refused setting: String, _ kind: StepKind) {
        switch setting {
        case "attempts", "deadline", "timeout", "hedge", "hedge after", "bulkhead", "rate", "status", "cache for":
            self = .head
        case "throttle below": self = .head
        case "abandon up to": self = .abandon
        case "keys": self = .per
        case "when": self = .when
        case "wait": self = kind == .limit ? .limitWait : .wait
        case "budget over", "percent", "budget", "each", "when limited", "earning": self = .budget
        case "adapt": self = .adapt
        case "sample", "sample at least": self = .sample
        case "give": self = .part
        case "learn from at least", "between": self = .learn
        case "hold up to": self = .hold
        case "trip", "trip at", "trip after": self = .trip
        case "over", "over the last", "at least", "buckets": self = .over
        case "probe", "allowing": self = .probe
        case "queue": self = .queue
        case "burst": self = .burst
        case "start with": self = .startWith
        case "cost": self = .cost
        case "within": self = .within
        default: return nil
        }
    }
}
