// SPDX-License-Identifier: Apache-2.0

import Hummingbird
public import ServiceLifecycle
import Synchronization

/// A small server on loopback in the place of another service; it behaves as it is told, over HTTP, at any time.
public final class StandIn: Service {
    private struct State {
        var behaviour = Behaviour.healthy
        var requests = 0
    }

    /// The service that it stands for.
    public let name: String
    /// Where it listens, once it runs.
    public let address = ServerAddress()
    private let port: Int
    private let answer: String
    private let state = Mutex(State())
    private let chronicle: Chronicle
    private let clock = ContinuousClock()

    /// How long a hanging request is held when nobody hangs up, which ends it for the caller as well.
    static let longestHang: Duration = .seconds(60)

    /// A stand-in that is healthy.
    /// - Parameter port: where it listens; 0: wherever there is room.
    init(_ name: String, port: Int, answer: String, chronicle: Chronicle) {
        self.name = name
        self.port = port
        self.answer = answer
        self.chronicle = chronicle
    }

    /// Requests that reached it, those not counted that tell it how to behave.
    public var requests: Int { state.withLock { $0.requests } }

    /// Serves until the service shuts down.
    public func run() async throws {
        let router = Router()
        router.put("behaviour") { request, _ in try self.behave(request) }
        router.get("behaviour") { _, _ in "\(self.name) \(self.state.withLock { $0.behaviour })\n" }
        router.get("**") { _, _ in try await self.serve() }
        router.post("**") { _, _ in try await self.serve() }
        try await LocalServer(name: name, port: port, address: address).run(router)
    }

    private func behave(_ request: Request) throws -> String {
        let query = request.uri.queryParameters
        let wish = Behaviour(
            is: query["is"].map { String($0) }, status: query["status"].flatMap { Int($0) },
            milliseconds: query["milliseconds"].flatMap { Int($0) })
        guard let behaviour = wish else { throw HTTPError(.badRequest, message: Behaviour.usage) }
        state.withLock { $0.behaviour = behaviour }
        chronicle.note(.upstream("\(name) \(behaviour)"))
        return "\(name) \(behaviour)\n"
    }

    private func serve() async throws -> Response {
        let (behaviour, number) = state.withLock { state in
            state.requests += 1
            return (state.behaviour, state.requests)
        }
        switch behaviour {
        case .healthy: return respond(.ok)
        case .failing(let status): return respond(.init(code: status))
        case .flaky: return respond(number % 3 == 0 ? .serviceUnavailable : .ok)
        case .slow(let time): await pause(time)
        case .hanging: await pause(Self.longestHang)
        }
        return respond(.ok)
    }

    /// Waits, but not for a service that is shutting down.
    private func pause(_ time: Duration) async {
        await cancelWhenGracefulShutdown {
            // Ended early by the shutdown only, and then the answer does not matter any more.
            try? await self.clock.sleep(for: time)
        }
    }

    private func respond(_ status: HTTPResponse.Status) -> Response {
        let text = status == .ok ? answer : "\(name) is out of order\n"
        return Response(
            status: status, headers: [.contentType: "text/plain"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
