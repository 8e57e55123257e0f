// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// What a layer may set of a step; a layer that sets it replaces it whole.
enum SettingKey: UInt8, Hashable, CaseIterable {
    /// The number in the step's head line: `up to 3 attempts`, `50 calls`.
    case head
    case abandon, per, when
    case wait, giveUp, retryAfter, budget, repeatUnsafe, ignoreChains
    case trip, over, stayOpen, probe, settle, whileProbing, whileOpen, count, ignore
    case queue, burst, limitWait, startWith, cost, limitKind
    case noOlderThan, within
    case adapt, sample, divide, part, learn, hold, reject, aggression, fail, delay, chaosEnd, mode, adoptShadow

    /// The setting that a statement in a step's block gives; two statements may give the same one in different words.
    init?(_ form: Form) {
        switch form {
        case .abandon: self = .abandon
        case .per: self = .per
        case .when: self = .when
        case .wait, .waitInTurn: self = .wait
        case .giveUp: self = .giveUp
        case .honourRetryAfter, .obeyRetryAfter, .ignoreRetryAfter: self = .retryAfter
        case .budget: self = .budget
        case .repeatUnsafe: self = .repeatUnsafe
        case .ignoreChains: self = .ignoreChains
        case .trip: self = .trip
        case .over, .throttleOver: self = .over
        case .stayOpen, .stayOpenInTurn: self = .stayOpen
        case .probe: self = .probe
        case .settle: self = .settle
        case .whileProbing: self = .whileProbing
        case .whileOpen: self = .whileOpen
        case .count: self = .count
        case .ignore: self = .ignore
        case .queue: self = .queue
        case .burst: self = .burst
        case .limitWait: self = .limitWait
        case .startWith: self = .startWith
        case .cost: self = .cost
        case .limitKind: self = .limitKind
        case .noOlderThan: self = .noOlderThan
        case .within: self = .within
        case .adapt: self = .adapt
        case .sample: self = .sample
        case .divide: self = .divide
        case .part: self = .part
        case .learn: self = .learn
        case .hold: self = .hold
        case .reject: self = .reject
        case .aggression: self = .aggression
        case .fail: self = .fail
        case .delay: self = .delay
        case .chaosEnd: self = .chaosEnd
        case .mode: self = .mode
        case .adoptShadow: self = .adoptShadow
        default: return nil
        }
    }

    /// The setting's words, as `weir explain` prints them.
    func words(of kind: StepKind) -> String {
        switch self {
        case .head: kind.headWords
        case .abandon: "abandon up to … calls"
        case .per: "per"
        case .when: "when"
        case .wait: "wait"
        case .giveUp: "give up after"
        case .retryAfter: "retry-after"
        case .budget: "budget"
        case .repeatUnsafe: "repeat unsafe calls"
        case .ignoreChains: "ignore retry chains"
        case .trip: "trip"
        case .over: "over"
        case .stayOpen: "stay open"
        case .probe: "probe"
        case .settle: "settle probes"
        case .whileProbing: "while probing"
        case .whileOpen: "while open"
        case .count: "count"
        case .ignore: "ignore"
        case .queue: "queue"
        case .burst: "burst"
        case .limitWait: "wait up to"
        case .startWith: "start with"
        case .cost: "cost"
        case .limitKind: "kind"
        case .noOlderThan: "no older than"
        case .within: "within"
        case .adapt: "adapt"
        case .sample: "sample"
        case .divide: "divide by"
        case .part: "give"
        case .learn: "learn from"
        case .hold: "hold up to"
        case .reject: "reject up to"
        case .aggression: "aggression"
        case .fail: "fail"
        case .delay: "delay"
        case .chaosEnd: "until"
        case .mode: "mode"
        case .adoptShadow: "adopt shadow state"
        }
    }

    /// Whether several statements give it together.
    var isRepeated: Bool {
        switch self {
        case .trip, .part, .fail, .delay: true
        default: false
        }
    }
}

extension StepKind {
    /// The words of the number in a step's head line.
    var headWords: String {
        switch self {
        case .fallback: "to"
        case .deadline, .timeout: rawValue
        case .limit: "rate"
        case .retry: "up to … attempts"
        case .hedge: "after … up to … calls"
        case .breaker, .coalesce, .chaos: rawValue
        case .cache: "for"
        case .throttle: "below … succeeding"
        case .bulkhead: "… calls"
        }
    }
}
