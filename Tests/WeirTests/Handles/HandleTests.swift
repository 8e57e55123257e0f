// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy
import WeirResilience

@testable import Weir

@Suite struct HandleTests {
    private func error(
        _ shop: Shop, _ name: String, from caller: String? = nil, handling: ResultHandling<Int> = ResultHandling()
    ) async throws -> HandleError? {
        let weir = try await Weir.load(ChangingSource(shop.graph()), .quiet())
        return #expect(throws: HandleError.self) {
            let _: OperationHandle<Int> = try weir.operation(name, from: caller, handling: handling)
        }
    }

    @Test(arguments: ["payments.authorize", "shop.payments.authorize", "authorize", "card-payments"])
    func `finds an operation or a policy by its full name or the end of it`(name: String) async throws {
        let weir = try await Weir.load(ChangingSource(Shop().graph()), .quiet())
        let handle: OperationHandle<Int> = try weir.operation(name)
        #expect(try await handle.run { 7 } == 7)
        #expect(weir.status().handles.map(\.policy) == [Shop.name("card-payments")])
    }

    @Test(arguments: ["payments.autorize", "payment.authorize", "card-payment", "shop.card-paymetns"])
    func `suggests what a misspelt name may mean`(name: String) async throws {
        let error = try await error(Shop(), name)
        #expect(error?.code == .unknownName)
        #expect(error?.candidates.count == 1)
        #expect(error?.description.contains("HandleTests.swift:") ?? false)
    }

    @Test func `asks for the caller where callers use different policies`() async throws {
        var shop = Shop()
        shop.policies = ["card-payments", "patient"]
        shop.callers = ["checkout.place-order": "card-payments", "invoices.settle": "patient"]
        let error = try await error(shop, "payments.authorize")
        #expect(error?.code == .ambiguousCaller)
        #expect(
            error?.candidates == [
                "shop.checkout.place-order uses shop.card-payments", "shop.invoices.settle uses shop.patient",
            ])
        let weir = try await Weir.load(ChangingSource(shop.graph()), .quiet())
        let handle: OperationHandle<Int> = try weir.operation("payments.authorize", from: "settle")
        #expect(try await handle.run { 7 } == 7)
        #expect(weir.status().handles.map(\.policy) == [Shop.name("patient")])
        let wrong = try await self.error(shop, "payments.authorize", from: "stock.reserve")
        #expect(wrong?.code == .unknownName)
        #expect(wrong?.candidates == ["shop.checkout.place-order", "shop.invoices.settle"])
    }

    @Test func `refuses an operation that no policy protects`() async throws {
        var shop = Shop()
        shop.callers = [:]
        #expect(try await error(shop, "payments.authorize")?.code == .noPolicy)
    }

    @Test func `refuses a structured handle where the policy abandons overdue work`() async throws {
        var shop = Shop()
        shop.deadline = try DeadlinePolicy(total: .seconds(1), abandon: 10)
        shop.line = 9
        let error = try await error(shop, "payments.authorize")
        #expect(error?.code == .needsDetachable)
        #expect(error?.place?.line == 9)
        let weir = try await Weir.load(ChangingSource(shop.graph()), .quiet())
        let handle: DetachableHandle<Int> = try weir.detachableOperation("payments.authorize")
        #expect(try await handle.run { 7 } == 7)
    }

    @Test func `refuses a handle that cannot answer as the policy's fallback says`() async throws {
        var shop = Shop()
        shop.fallback = try FallbackPolicy(target: .handler("queue-for-later"))
        #expect(try await error(shop, "payments.authorize")?.code == .fallbackMissing)
        let weir = try await Weir.load(ChangingSource(shop.graph()), .quiet())
        let handling = ResultHandling<Int>(handlers: ["queue-for-later": { _ in 202 }])
        let handle = try weir.operation("payments.authorize", handling: handling)
        #expect(try await handle.run { throw Failed() } == 202)
    }

    @Test func `a refusal names policy, file, line and graph`() async throws {
        var shop = Shop()
        shop.bulkhead = 0
        shop.line = 4
        let weir = try await Weir.load(ChangingSource(shop.graph()), .quiet())
        let handle: OperationHandle<Int> = try weir.operation("payments.authorize")
        let error = await #expect(throws: ResilienceError.self) { try await handle.run { 7 } }
        let text = error.map { "\($0)" } ?? ""
        let hash = weir.status().graphHash.prefix(12)
        #expect(text.contains("policy `shop.card-payments`") && text.contains("shop/card.weir:4"))
        #expect(text.contains("graph 1@\(hash)"))
    }
}
