// SPDX-License-Identifier: Apache-2.0

public import WeirResilience

extension Weir {
    /// What a request's headers say about its caller's deadline and repetitions.
    ///
    /// Give it to a call with ``CallDetails/inherited``, or to all calls of a request with `CallContext.$current`. The
    /// deadline counts from now on, on the engine's clock.
    public func context(from request: some ContextCarrier) -> CallContext {
        CallContext(from: request, at: configuration.clock.now)
    }

    /// Writes what the running operation knows into a request's headers: what is left of its deadline, its attempt, and
    /// whether it is a repetition. Outside of an operation there is nothing to write.
    public func writeContext(into request: inout some ContextCarrier) {
        CallContext.current?.inject(into: &request, at: configuration.clock.now)
    }
}
