// SPDX-License-Identifier: Apache-2.0

import Synchronization
public import WeirEvents
public import WeirPolicy
import WeirResilience

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension RabbitMQTransport {
    public func consume(
        _ queue: QualifiedName, prefetch: Int, onSignal: @escaping @Sendable (ConsumerSignal) -> Void
    ) async throws -> any EventConsumer {
        let (isKnown, isSingle) = state.withLock { state in
            let of = state.topology.subscriptions.filter { $0.queue == queue }
            return (!of.isEmpty || state.topology.queue(queue) != nil, of.contains { $0.order != .none })
        }
        guard isKnown else { throw TransportError(.unknownQueue, "there is no queue `\(queue)`") }
        let name = names.name(of: queue)
        do throws(BrokerFault) {
            return isSingle
                ? try await single(name, prefetch, onSignal) : try await shared(name, prefetch, onSignal)
        } catch {
            throw Self.error(error)
        }
    }

    private func shared(
        _ queue: String, _ prefetch: Int, _ onSignal: @escaping @Sendable (ConsumerSignal) -> Void
    ) async throws(BrokerFault) -> RabbitConsumer {
        let (link, driver, settings) = (consumeLink, consumers, settings)
        let consumer = RabbitConsumer(
            of: queue, isSingle: false, prefetch: prefetch, onSignal: onSignal, wake: { link.wakeUp.ring() },
            onStop: { consumer in
                try? await link.run(until: settings.deadline) { session throws(BrokerFault) in
                    try driver.stop(consumer, session)
                }
            },
            onClose: { consumer in
                // Without a connection there is nothing to say.
                guard link.phase == .open else { return driver.forget(consumer) }
                try? await link.run(until: settings.deadline) { session throws(BrokerFault) in
                    try driver.remove(consumer, session)
                }
                driver.forget(consumer)
            })
        try await link.run(until: settings.deadline) { session throws(BrokerFault) in try driver.add(consumer, session)
        }
        return consumer
    }

    /// A consumer with a connection of its own, which ends without a word.
    private func single(
        _ queue: String, _ prefetch: Int, _ onSignal: @escaping @Sendable (ConsumerSignal) -> Void
    ) async throws(BrokerFault) -> RabbitConsumer {
        let driver = Consumers(prefix: Self.consumerPrefix(settings), keeper, settings.onEvent)
        let link = try BrokerLink(settings, "consume \(queue)", driver)
        let settings = settings
        state.withLock { $0.singles[ObjectIdentifier(link)] = link }
        let consumer = RabbitConsumer(
            of: queue, isSingle: true, prefetch: prefetch, onSignal: onSignal, wake: { link.wakeUp.ring() },
            onStop: { _ in },
            onClose: { [weak self] consumer in
                if link.phase == .open {
                    try? await link.run(until: settings.deadline) { session throws(BrokerFault) in
                        try driver.flush(consumer, session)
                    }
                }
                self?.state.withLock { $0.singles[ObjectIdentifier(link)] = nil }
                link.end(.abrupt)
                driver.forget(consumer)
            })
        do throws(BrokerFault) {
            try await link.run(until: settings.deadline) { session throws(BrokerFault) in
                try driver.add(consumer, session)
            }
        } catch {
            state.withLock { $0.singles[ObjectIdentifier(link)] = nil }
            link.end(.abrupt)
            throw error
        }
        return consumer
    }
}
