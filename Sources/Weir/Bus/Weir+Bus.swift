// SPDX-License-Identifier: Apache-2.0

import Logging
public import WeirEvents
import WeirPolicy
import WeirResilience

extension Weir {
    /// The bus over the policies in force; it follows their reloads.
    ///
    /// Subscribe before the bus runs as a service; publish from anywhere.
    /// - Throws: ``EventBusError`` when ``WeirConfiguration/events`` attaches none.
    public func eventBus() throws(EventBusError) -> EventBus {
        guard let bus else {
            throw EventBusError(
                .notAttached, ["no bus is attached; set `WeirConfiguration.events` before the policies are loaded"])
        }
        return bus
    }

    /// Makes the bus over the first graph.
    static func bus(
        _ graph: PolicyGraph, _ configuration: WeirConfiguration, in draft: inout StateDraft
    ) throws(LoadError) -> EventBus? {
        guard let events = configuration.events else { return nil }
        var settings = events.bus
        settings.clock = configuration.clock
        settings.random = configuration.random
        settings.observer = BusMetrics(next: events.bus.observer)
        if events.transport == nil, case .rabbitMQ = graph.topology.bus?.target {
            configuration.logger.notice("events travel in memory, although the policies target RabbitMQ")
        }
        do throws(EventBusError) {
            let plan = try EventPlan.make(graph, settings, in: &draft)
            return EventBus(plan, events.transport ?? MemoryTransport(clock: configuration.clock), settings)
        } catch {
            throw LoadError(.events, "\(error)")
        }
    }

    /// Checks whether the bus can go over to a graph, and prepares that.
    func prepareBus(_ graph: PolicyGraph, in draft: inout StateDraft) throws(LoadError) -> EventPlan? {
        guard let bus else { return nil }
        do {
            return try bus.prepare(graph, in: &draft)
        } catch {
            throw LoadError(.events, "\(error)")
        }
    }

    /// Brings the topology in force about at the transport.
    func declareTopology() async {
        guard let bus else { return }
        do {
            try await bus.open()
        } catch {
            configuration.logger.error("the topology in force could not be brought about: \(error)")
        }
    }
}
