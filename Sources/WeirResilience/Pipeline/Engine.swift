// SPDX-License-Identifier: Apache-2.0

/// What a set of pipelines lives on: its clock, its source of chance, and who wants to hear what happens.
public struct Engine: Sendable {
    /// Where time comes from.
    public let clock: EngineClock
    /// Where chance comes from.
    public let random: EngineRandom
    /// Who hears of events; nil: nobody, and then events cost nothing.
    public let observer: (any ResilienceObserver)?

    /// An engine; by default on the machine's clock, with a random seed and without an observer.
    public init(
        clock: EngineClock = .system, random: EngineRandom = EngineRandom(),
        observer: (any ResilienceObserver)? = nil
    ) {
        self.clock = clock
        self.random = random
        self.observer = observer
    }
}
