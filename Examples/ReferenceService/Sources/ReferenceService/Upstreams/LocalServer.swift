// SPDX-License-Identifier: Apache-2.0

import Glibc
import Hummingbird
import Logging

/// An HTTP server on loopback that says where it listens.
struct LocalServer {
    /// What listens, in a word.
    let name: String
    /// Where; 0: wherever there is room.
    let port: Int
    let address: ServerAddress

    /// Why a server cannot listen; the usual reason without the words of the libraries below.
    private static func reason(of error: any Error) -> String {
        let isTaken = strerror(EADDRINUSE).map { "\(error)".contains(String(cString: $0)) } ?? false
        return isTaken ? "another program listens there" : "\(error)"
    }

    /// Serves until the service shuts down.
    /// - Throws: ``PortTaken`` when nothing can listen there.
    func run(_ router: Router<BasicRequestContext>) async throws {
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in await address.announce(channel.localAddress?.port ?? 0) }, logger: .quiet)
        do {
            try await application.run()
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw PortTaken(name: name, port: port, reason: Self.reason(of: error))
        }
    }
}

/// A server cannot listen where it should.
struct PortTaken: Error, CustomStringConvertible {
    let name: String
    let port: Int
    let reason: String

    var description: String {
        """
        \(name) cannot listen on port \(port): \(reason)
        Name other ports with --port, --stock-port, --payments-port and --warehouse-port; 0 takes any that is free:
          make run ARGUMENTS="--port 0 --stock-port 0 --payments-port 0 --warehouse-port 0"
        """
    }
}

extension Logger {
    /// For servers whose every step is told by the view already.
    static var quiet: Logger {
        var logger = Logger(label: "reference-service") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        return logger
    }
}
