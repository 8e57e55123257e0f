// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

extension StepSettings {
    mutating func deadline() -> DeadlinePolicy? {
        guard let head = take(.head) else { return nil }
        let value = head.statement.value(.total)
        let total = need(value, head.reader.duration(value))
        let abandon = abandon()
        guard let total else { return nil }
        return make { () throws(InvalidValue) in try DeadlinePolicy(total: total, abandon: abandon) }
    }

    mutating func timeout() -> TimeoutPolicy? {
        guard let head = take(.head) else { return nil }
        let value = head.statement.value(.after)
        let limit = need(value, head.reader.duration(value))
        let abandon = abandon()
        guard let limit else { return nil }
        return make { () throws(InvalidValue) in try TimeoutPolicy(limit: limit, abandon: abandon) }
    }

    mutating func limit() -> RateLimitPolicy? {
        guard let head = take(.head) else { return nil }
        let value = head.statement.value(.rate)
        let rate = need(value, head.reader.rate(value))
        let burst = count(.burst, .burst)
        let initial = count(.startWith, .startWith)
        let wait = duration(.limitWait, .wait) ?? .zero
        let cost = count(.cost, .cost) ?? 1
        let word = take(.limitKind)?.statement.value(.kind)
        let kind = need(word, word.flatMap { RateLimitPolicy.Kind(rawValue: $0.text) }) ?? .bucket
        let scope = scope()
        guard let rate else { return nil }
        return make { () throws(InvalidValue) in
            try RateLimitPolicy(
                rate: rate, burst: burst, initial: initial, maxWait: wait, cost: cost, kind: kind, scope: scope)
        }
    }

    mutating func bulkhead() -> BulkheadPolicy? {
        guard let head = take(.head) else { return nil }
        let value = head.statement.value(.calls)
        let calls = need(value, head.reader.count(value, in: head.statement))
        var size = 0
        var wait: Duration?
        var order = BulkheadPolicy.Order.oldest
        if let queue = take(.queue) {
            let (sizeValue, waitValue) = (queue.statement.value(.size), queue.statement.value(.for))
            size = need(sizeValue, queue.reader.count(sizeValue, in: queue.statement)) ?? 0
            wait = need(waitValue, queue.reader.duration(waitValue))
            order = queue.statement.value(.order).flatMap { BulkheadPolicy.Order(rawValue: $0.text) } ?? .oldest
        }
        let adaptive = adaptive()
        let partition = partition()
        let scope = scope()
        guard let calls else { return nil }
        return make { () throws(InvalidValue) in
            try BulkheadPolicy(
                calls: calls, queue: size, maxWait: wait, order: order, adaptive: adaptive, partition: partition,
                scope: scope)
        }
    }

    mutating func fallback(_ names: NameResolver) -> FallbackPolicy? {
        guard let head = take(.head) else { return nil }
        let target = target(head, names)
        let when = outcomes(.when, .when) ?? FallbackPolicy.defaultWhen
        let noOlderThan = duration(.noOlderThan, .noOlderThan)
        let within = duration(.within, .within) ?? FallbackPolicy.defaultWithin
        guard let target else { return nil }
        return make { () throws(InvalidValue) in
            try FallbackPolicy(target: target, when: when, noOlderThan: noOlderThan, within: within)
        }
    }

    private mutating func target(_ head: Taken, _ names: NameResolver) -> FallbackPolicy.Target? {
        let statement = head.statement
        if statement.value(.cached) != nil { return .cached }
        if let value = statement.value(.status) {
            return need(value, head.reader.count(value, in: statement)).map { .status($0) }
        }
        if let value = statement.value(.value) { return value.string().map { .value($0) } }
        if let value = statement.value(.handler) { return value.string().map { .handler($0) } }
        guard let call = statement.value(.call) else { return nil }
        let operation = need(call, names.resolve(.operation, call, in: head.reader.file)?.name)
        let using = statement.value(.using)
        let policy = need(using, using.flatMap { names.resolve(.policy, $0, in: head.reader.file)?.name })
        return operation.map { .call($0, using: policy) }
    }

    // MARK: Settings of several kinds

    mutating func duration(_ key: SettingKey, _ slot: Slot) -> Duration? {
        guard let taken = take(key) else { return nil }
        let value = taken.statement.value(slot)
        return need(value, taken.reader.duration(value))
    }

    mutating func count(_ key: SettingKey, _ slot: Slot) -> Int? {
        guard let taken = take(key) else { return nil }
        let value = taken.statement.value(slot)
        return need(value, taken.reader.count(value, in: taken.statement))
    }

    mutating func ratio(_ key: SettingKey, _ slot: Slot) -> Ratio? {
        guard let taken = take(key) else { return nil }
        let value = taken.statement.value(slot)
        return need(value, taken.reader.ratio(value))
    }

    mutating func outcomes(_ key: SettingKey, _ slot: Slot) -> [OutcomeMatcher]? {
        guard let taken = take(key) else { return nil }
        let values = taken.statement.values(slot)
        let outcomes = values.compactMap { $0.outcome() }
        if outcomes.count != values.count { isDamaged = true }
        return outcomes
    }

    mutating func scope() -> ScopeKey? {
        guard let taken = take(.per) else { return nil }
        let key = taken.statement.value(.key)
        let source = need(key, key?.scopeSource())
        let value = taken.statement.value(.most)
        let most = need(value, taken.reader.count(value, in: taken.statement)) ?? ScopeKey.defaultMostKeys
        guard let source else { return nil }
        return make { () throws(InvalidValue) in try ScopeKey(source, mostKeys: most) }
    }

    private mutating func abandon() -> Int? { count(.abandon, .abandon) }
}
