// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirResilience

extension EventBus {
    /// Completes an event: id, source, time, what caused it, what is said of its type's end; and checks it.
    func complete(_ event: Event, because cause: Event?) throws(PublishError) -> Event {
        var event = event
        _ = try complete(&event, because: cause)
        return event
    }

    /// Completes an event in place; what is known of its type.
    func complete(_ event: inout Event, because cause: Event?) throws(PublishError) -> EventPlan.EventType {
        let plan = plan
        guard let type = plan.types[event.type] else {
            throw PublishError(.unknownType, event, "no event of this type is declared")
        }
        let now = configuration.wallClock()
        if let sunset = type.sunset, now.secondsSince1970 >= sunset {
            let successor = type.node.lifecycle.successor.map { "; publish `\($0.name)`" } ?? ""
            throw PublishError(
                .sunset, event, "its type has ended on \(Timestamp(secondsSince1970: sunset))\(successor)")
        }
        if event.id.isEmpty { event.id = EventID.make(at: now, configuration.random) }
        if event.source.isEmpty { event.source = plan.source ?? configuration.source }
        if event.time == nil { event.time = now }
        if let cause {
            if event.correlationID == nil { event.correlationID = cause.correlationID ?? cause.id }
            if event.causationID == nil { event.causationID = cause.id }
            event.hops = cause.hops + 1
        }
        if !type.stamps.isEmpty { event.extensions.merge(type.stamps) { own, _ in own } }
        do throws(EventFormatError) {
            try event.check()
            try type.shape.check(event)
        } catch {
            throw PublishError(.invalid, event, "\(error)")
        }
        return type
    }

    /// The exchange that an event is published to.
    func exchange(
        for event: Event, _ wanted: String?, of type: EventPlan.EventType? = nil
    ) throws(PublishError) -> EventPlan.Exchange {
        let carriers = (type ?? plan.types[event.type])?.exchanges ?? []
        if wanted == nil, carriers.count == 1 { return carriers[0] }
        let found = wanted.map { name in carriers.filter { $0.name.answers(to: name) } } ?? carriers
        if let only = found.first, found.count == 1 { return only }
        let names = carriers.map { "`\($0.name)`" }.joined(separator: ", ")
        throw PublishError(
            .exchange, event,
            carriers.isEmpty
                ? "no exchange carries it"
                : found.isEmpty
                    ? "the exchange `\(wanted ?? "")` does not carry it; these do: \(names)"
                    : "several exchanges carry it; name one of \(names)")
    }
}

/// Ids of events: UUIDs of version 7, so that those of one moment stand together.
enum EventID {
    private static let digits = Array("0123456789abcdef".utf8)

    static func make(at now: Timestamp, _ random: EngineRandom) -> String {
        let milliseconds = UInt64(bitPattern: now.millisecondsSince1970) & 0xFFFF_FFFF_FFFF
        let high = milliseconds << 16 | 0x7000 | random.next() & 0x0FFF
        let low = 0x8000_0000_0000_0000 | random.next() & 0x3FFF_FFFF_FFFF_FFFF
        return String(unsafeUninitializedCapacity: 36) { buffer in
            var place = 0
            for digit in 0..<32 {
                if digit == 8 || digit == 12 || digit == 16 || digit == 20 {
                    buffer[place] = UInt8(ascii: "-")
                    place += 1
                }
                let word = digit < 16 ? high : low
                buffer[place] = digits[Int(word >> (60 - UInt64(digit % 16) * 4) & 15)]
                place += 1
            }
            return 36
        }
    }
}
