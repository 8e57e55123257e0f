// SPDX-License-Identifier: Apache-2.0

/// Hears what pipelines do.
public protocol ResilienceObserver: Sendable {
    /// Takes one event; called outside every lock, on the caller's thread, so it must be quick and must not wait.
    func record(_ event: ResilienceEvent)
}
