// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ReferenceService
import WeirPolicy

/// `reference-service`: a shop whose calls run through Weir, to watch and to play with.
@main
struct ReferenceServiceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reference-service",
        abstract: "A shop whose calls run through Weir: watch it, break its upstreams, edit its policies.")

    @Flag(help: "Play the whole story by itself; ends with 0 only if every step was seen.")
    var story = false
    @Option(help: "The folder of the policy files; those of the example by default.")
    var policies: String?
    @Option(
        help: "A RabbitMQ broker that carries the events, such as amqp://localhost; by default the process itself does."
    )
    var broker: String?
    @Option(help: "The port of the shop; 0: any.")
    var port = 8080
    @Option(help: "The port of the stand-in for stock; 0: any.")
    var stockPort = 8081
    @Option(help: "The port of the stand-in for payments; 0: any.")
    var paymentsPort = 8082
    @Option(help: "The port of the stand-in for the warehouse; 0: any.")
    var warehousePort = 8083
    @Option(help: "The date by which API versions live, such as 2027-06-01T14:30:00Z; the machine's by default.")
    var today: String?
    @Option(help: "Milliseconds from one order to the next.")
    var every = 500

    func validate() throws {
        guard every >= 1 else { throw ValidationError("`--every` must be 1 or more") }
        guard today.map({ Instant($0) != nil }) ?? true else {
            throw ValidationError(
                "`--today` must be a day such as 2027-03-02, or a moment such as 2027-06-01T14:30:00Z")
        }
    }

    func run() async throws {
        let folder = policies.map { PolicyFolder(path: $0) } ?? .packaged
        if story {
            guard try await Story(policies: folder, broker: broker).play().isEmpty else { throw ExitCode(1) }
            return
        }
        var settings = ReferenceSystem.Settings(policies: folder.path)
        (settings.port, settings.stockPort, settings.paymentsPort) = (port, stockPort, paymentsPort)
        settings.warehousePort = warehousePort
        settings.today = today.flatMap { Instant($0) }
        settings.broker = broker
        settings.interval = .milliseconds(every)
        try await ReferenceSystem.run(settings)
    }
}
