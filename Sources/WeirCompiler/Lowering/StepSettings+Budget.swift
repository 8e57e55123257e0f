// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

extension StepSettings {
    /// The budget of a retry or a hedge: its own, or a shared one.
    mutating func budget() -> StepBudget? {
        guard let taken = take(.budget) else { return nil }
        guard let reference = taken.statement.value(.shared) else {
            let budget = BudgetReader(statement: taken.statement, reader: taken.reader).read()
            if budget == nil { isDamaged = true }
            return budget.flatMap { policy in make { () throws(InvalidValue) in try StepBudget(policy) } }
        }
        guard let found = constants.names.resolve(.budget, reference, in: taken.reader.file),
            let policy = BudgetReader(found, constants: constants).read()
        else {
            isDamaged = true
            return nil
        }
        return make { () throws(InvalidValue) in try StepBudget(policy, shared: found.name) }
    }
}

/// Reads the numbers of a budget.
struct BudgetReader {
    let statement: Statement
    let reader: ValueReader

    init(statement: Statement, reader: ValueReader) {
        self.statement = statement
        self.reader = reader
    }

    /// The budget that holds for a declaration: the environment's in the place of the package's own.
    init(_ found: (name: QualifiedName, declared: Declared), constants: ConstantResolver) {
        let package = constants.names.workspace.packages[found.declared.package]
        let overlay = constants.environment.flatMap { package.environments[$0]?.budgets[found.name.name] }
        let declared = overlay ?? found.declared
        self.init(statement: declared.statement, reader: ValueReader(constants: constants, file: declared.file))
    }

    /// The budget; nil when a value cannot be read, which has been reported.
    func read() -> BudgetPolicy? {
        guard !statement.isDamaged else { return nil }
        if let value = statement.value(.running) {
            guard let share = reader.ratio(value),
                let least = count(.least, orElse: BudgetPolicy.defaultLeastRunning)
            else { return nil }
            return .running(share, atLeast: least)
        }
        if statement.value(.tokens) != nil {
            guard let tokens = count(.tokens, orElse: 0) else { return nil }
            if let value = statement.value(.earning) {
                return reader.ratio(value).map { .throttle(tokens: tokens, earning: $0) }
            }
            guard let each = count(.each, orElse: BudgetPolicy.defaultEach),
                let whenLimited = count(.whenLimited, orElse: BudgetPolicy.defaultWhenLimited)
            else { return nil }
            return .stock(tokens: tokens, each: each, whenLimited: whenLimited)
        }
        return share().map { .share($0) }
    }

    private func share() -> RetryBudgetPolicy? {
        let shareValue = statement.value(.share)
        let share = shareValue == nil ? RetryBudgetPolicy.defaultShare : reader.ratio(shareValue)
        let leastValue = statement.value(.atLeast)
        let least = leastValue == nil ? RetryBudgetPolicy.defaultAtLeast : reader.rate(leastValue)
        let overValue = statement.value(.over)
        let over = overValue == nil ? RetryBudgetPolicy.defaultTimeToLive : reader.duration(overValue)
        guard let share, let least, let over else { return nil }
        do throws(InvalidValue) {
            return try RetryBudgetPolicy(share: share, atLeast: least, timeToLive: over)
        } catch {
            let files = reader.constants.names.workspace.files
            reader.constants.names.findings.report(
                Diagnostic(
                    .outOfBounds, error.description,
                    at: files.label(
                        (overValue?.range ?? statement.headRange), in: reader.file, "must be \(error.rule)")))
            return nil
        }
    }

    private func count(_ slot: Slot, orElse byDefault: Int) -> Int? {
        guard let value = statement.value(slot) else { return byDefault }
        return reader.count(value, in: statement)
    }
}
