// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// The live state of a step, found for each call: the one instance, or that of the call's scope value.
///
/// Instances travel as addresses in the call's slots. The single one is held by the step; one for a scope value is kept
/// alive by the call between ``enter(_:at:)`` and ``leave(_:)``, so that the table may forget it meanwhile.
struct StepInstances<State: ForgettableState>: Sendable {
    private let state: ScopedState<State>
    private let scope: ScopeKey?
    /// The address of the single instance; 0 where there is one for each scope value.
    private let single: UInt64

    init(_ state: ScopedState<State>, scope: ScopeKey?) {
        self.state = state
        self.scope = scope
        if case .single(let instance) = state {
            single = Self.address(Unmanaged.passUnretained(instance))
        } else {
            single = 0
        }
    }

    /// The instance for a call; give it back with ``leave(_:)``.
    @inline(__always)
    func enter(_ facts: borrowing CallFacts, at now: UInt64) -> UInt64 {
        single != 0 ? single : enterKeyed(facts, at: now)
    }

    @inline(never)
    private func enterKeyed(_ facts: borrowing CallFacts, at now: UInt64) -> UInt64 {
        guard let instance = instance(facts, at: now) else { return 0 }
        return Self.address(Unmanaged.passRetained(instance))
    }

    /// The instance that a call of these facts would use.
    func instance(_ facts: borrowing CallFacts, at now: UInt64) -> State? {
        switch state {
        case .single(let instance): return instance
        case .keyed(let states):
            guard let scope else { return nil }
            return states.state(for: facts.scope?(scope.source) ?? "", at: now)
        }
    }

    /// The value of the scope key for a call; nil where there is one instance for all.
    func scopeValue(_ facts: borrowing CallFacts) -> String? { scope.map { facts.scope?($0.source) ?? "" } }

    /// Ends the call's use of the instance.
    @inline(__always)
    func leave(_ address: UInt64) {
        if single == 0 { Self.reference(address)?.release() }
    }

    /// Uses the instance at the address.
    @inline(__always)
    func with<Result>(_ address: UInt64, _ body: (State) -> Result) -> Result? {
        Self.reference(address)?._withUnsafeGuaranteedRef(body)
    }

    @inline(__always)
    private static func address(_ reference: Unmanaged<State>) -> UInt64 {
        UInt64(UInt(bitPattern: reference.toOpaque()))
    }

    @inline(__always)
    private static func reference(_ address: UInt64) -> Unmanaged<State>? {
        UnsafeRawPointer(bitPattern: UInt(address)).map { Unmanaged.fromOpaque($0) }
    }
}
