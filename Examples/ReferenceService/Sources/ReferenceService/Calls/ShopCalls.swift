// SPDX-License-Identifier: Apache-2.0

import Weir

/// The calls that an order makes, each through the handle of its policy.
struct ShopCalls: Sendable {
    private let stock: OperationHandle<Reply>
    private let payments: OperationHandle<Reply>
    private let shelves: ServerAddress
    private let gateway: ServerAddress
    private let http: HTTPCaller

    /// Obtains the handles; a name that the policies do not have, or a fallback that `Reply` cannot be, is refused here.
    init(_ weir: Weir, stock: StandIn, payments: StandIn, http: HTTPCaller) throws {
        self.stock = try weir.operation("stock.check", handling: Reply.handling)
        self.payments = try weir.operation("payments.authorize", handling: Reply.handling)
        shelves = stock.address
        gateway = payments.address
        self.http = http
    }

    /// Looks whether there is enough of an article.
    func checkStock(_ article: String) async throws -> Reply {
        let base = try await shelves.base
        return try await stock.run { try await http.send("GET", "\(base)/stock/\(article)") }
    }

    /// Charges the card, or takes note that it has to be charged later.
    func authorize(order: Int) async throws -> Reply {
        let base = try await gateway.base
        return try await payments.run { try await http.send("POST", "\(base)/authorize?order=\(order)") }
    }
}
