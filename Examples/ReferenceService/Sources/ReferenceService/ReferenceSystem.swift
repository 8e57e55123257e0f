// SPDX-License-Identifier: Apache-2.0

import Logging
import ServiceLifecycle
import UnixSignals
import Weir
import WeirEvents
import WeirHummingbird
public import WeirPolicy
import WeirRabbitMQ
import WeirResilience

/// The whole scene: a shop behind HTTP, its two upstreams and Weir between them, and a warehouse that hears of orders on the bus.
public final class ReferenceSystem: Sendable {
    /// Where things listen and how much happens.
    public struct Settings: Sendable {
        /// The port of the shop; 0: wherever there is room.
        public var port = 8080
        /// The ports of the stand-ins for stock, payments and the warehouse; 0: wherever there is room.
        public var stockPort = 8081, paymentsPort = 8082, warehousePort = 8083
        /// The time from one order to the next.
        public var interval: Duration = .milliseconds(500)
        /// The date by which API versions live; nil: the machine's.
        public var today: Instant?
        /// The address of a RabbitMQ broker that carries the events; nil: the memory of the process does.
        public var broker: String?
        /// What begins the names of everything at the broker.
        var brokerPrefix = ""
        /// The folder with the policy files.
        public var policies: String

        /// Settings for a folder of policy files.
        public init(policies: String) { self.policies = policies }

        /// Settings under which nothing can be in the way of anything else on the machine.
        static func anywhere(policies: String, interval: Duration) -> Settings {
            var settings = Settings(policies: policies)
            (settings.port, settings.stockPort, settings.paymentsPort, settings.warehousePort) = (0, 0, 0, 0)
            settings.interval = interval
            return settings
        }
    }

    let weir: Weir
    let bus: EventBus
    let stock: StandIn
    let payments: StandIn
    let warehouse: StandIn
    let front: OrderFront
    let storefront: Storefront
    let chronicle: Chronicle
    let view: TerminalView
    let http = HTTPCaller()
    private let rabbit: RabbitMQTransport?
    private let settings: Settings
    private let clock = ContinuousClock()

    /// Loads the policies and obtains the handles; nothing listens yet.
    /// - Throws: what stands in the way, ready to print: broken policy files with their findings.
    init(_ settings: Settings, view: TerminalView) async throws {
        self.settings = settings
        self.view = view
        chronicle = Chronicle(view: view)
        storefront = Storefront(clock: ShopClock(settings.today))
        rabbit = try settings.broker.map { address in
            try RabbitMQTransport(
                RabbitMQConfiguration(BrokerURL(address), prefix: settings.brokerPrefix, name: "reference-service"))
        }
        let configuration = WeirConfiguration(
            logger: .quiet, reloadsOnHangup: !view.isTerminal, metricsInterval: nil,
            observer: CallScribe(chronicle: chronicle), apis: [storefront.routes],
            events: EventAttachment(
                over: rabbit, EventBusConfiguration(drain: .seconds(5), observer: BusScribe(chronicle: chronicle))))
        weir = try await Weir.load(from: settings.policies, configuration: configuration)
        bus = try weir.eventBus()
        stock = StandIn("stock", port: settings.stockPort, answer: "10 cups\n", chronicle: chronicle)
        payments = StandIn("payments", port: settings.paymentsPort, answer: "authorized\n", chronicle: chronicle)
        warehouse = StandIn("warehouse", port: settings.warehousePort, answer: "packed\n", chronicle: chronicle)
        Packing(at: warehouse, http: http).subscribe(bus)
        let calls = try ShopCalls(weir, stock: stock, payments: payments, http: http)
        front = OrderFront(
            port: settings.port, weir: weir, bus: bus, calls: calls, storefront: storefront, chronicle: chronicle)
        try front.prepare()
        // Before anybody orders: what is published finds its queues.
        try await bus.open()
    }

    /// Everything that runs side by side, in the order of its start; it stops the other way round.
    var services: [any Service] {
        [
            EventScribe(events: weir.events(), chronicle: chronicle), weir, stock, payments, warehouse, bus, front,
            Footer(weir: weir, view: view, clock: clock),
            OrderTraffic(to: front.address, every: settings.interval, http: http, clock: clock),
        ]
    }

    /// Ends all connections to others.
    func close() {
        http.close()
        rabbit?.close()
    }

    /// Runs the scene until Ctrl-C, then stops everything in order.
    public static func run(_ settings: Settings) async throws {
        let view = TerminalView()
        let system = try await ReferenceSystem(settings, view: view)
        // On a terminal, SIGHUP says that it is gone; elsewhere it reloads.
        let signals: [UnixSignal] = [.sigint, .sigterm] + (view.isTerminal ? [.sighup] : [])
        let group = ServiceGroup(
            configuration: .init(
                services: system.services.map { .init(service: $0) } + [.init(service: Greeting(system, settings))],
                gracefulShutdownSignals: signals, logger: .quiet))
        defer { system.close() }
        do {
            try await group.run()
        } catch {
            view.setFooter("")  // What went wrong is printed on a line of its own.
            throw error
        }
        view.setFooter("")
        view.print("Stopped.")
    }
}

/// Writes what calls do into the chronicle, before their callers are answered.
private struct CallScribe: ResilienceObserver {
    let chronicle: Chronicle

    func record(_ event: ResilienceEvent) { chronicle.note(.weir(.call(event))) }
}

/// Writes what becomes of events into the chronicle.
private struct BusScribe: BusObserver {
    let chronicle: Chronicle

    func record(_ event: BusEvent) { chronicle.note(.bus(event)) }
}

/// Writes what becomes of the files into the chronicle.
private struct EventScribe: Service {
    let events: AsyncStream<WeirEvent>
    let chronicle: Chronicle

    func run() async throws {
        for await event in events.cancelOnGracefulShutdown() { chronicle.note(.weir(event)) }
    }
}
