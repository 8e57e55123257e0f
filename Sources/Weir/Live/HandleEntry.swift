// SPDX-License-Identifier: Apache-2.0

public import WeirResilience

/// What one handle's calls run through in one graph.
///
/// It cannot be copied, so a call that borrows it from the graph borrows the pipeline too: no call counts a reference to an
/// object that all calls share, which would make threads fight over the counter.
@usableFromInline
struct HandleEntry: ~Copyable, Sendable {
    @usableFromInline let pipeline: Pipeline
    /// What the graph knows of every call of the handle.
    @usableFromInline let facts: CallFacts

    init(pipeline: Pipeline, facts: CallFacts) {
        self.pipeline = pipeline
        self.facts = facts
    }

    @inlinable
    borrowing func run<Value>(
        _ handling: ResultHandling<Value>, _ operation: () async throws -> Value
    ) async throws -> Value {
        try await pipeline.run(facts, handling, operation: operation)
    }

    @inlinable
    borrowing func run<Value>(
        _ facts: CallFacts, _ handling: ResultHandling<Value>, _ operation: () async throws -> Value
    ) async throws -> Value {
        try await pipeline.run(facts, handling, operation: operation)
    }

    @inlinable
    borrowing func runDetachable<Value: Sendable>(
        _ facts: CallFacts?, _ handling: ResultHandling<Value>,
        _ operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await pipeline.runDetachable(facts ?? self.facts, handling, operation: operation)
    }
}
