// SPDX-License-Identifier: Apache-2.0

/// A consumer of a queue in memory.
final class MemoryConsumer: EventConsumer {
    private let box: QueueBox
    private let transport: MemoryTransport
    private let number: Int

    init(of box: QueueBox, in transport: MemoryTransport, number: Int) {
        self.box = box
        self.transport = transport
        self.number = number
    }

    func next() -> EventDelivery? { box.take(number) }

    func acknowledge(_ tag: UInt64) {
        if transport.losesAcknowledgement { return }
        box.acknowledge(tag)
    }

    func reject(_ tag: UInt64, requeue: Bool) {
        if requeue {
            let buried = box.giveBack(tag, canBury: transport.hasGrave(box))
            transport.bury(buried.map { [$0] } ?? [], from: box, because: .deliveryLimit)
        } else if let message = box.discard(tag) {
            transport.bury([message], from: box, because: .parked)
        }
    }

    func setPrefetch(_ count: Int) { box.setPrefetch(count, of: number) }

    func stop() async { box.stop(number) }

    func close() async {
        let buried = box.remove(number, canBury: transport.hasGrave(box))
        transport.bury(buried, from: box, because: .deliveryLimit)
    }
}
