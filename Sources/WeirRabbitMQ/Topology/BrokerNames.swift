// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// How what the policies declare is called at a broker, and what we declare there ourselves.
struct BrokerNames: Sendable, Hashable {
    /// The longest name that the protocol has room for, in bytes.
    static let longest = 255

    /// Begins every name.
    let prefix: String

    func name(of name: QualifiedName) -> String { prefix + name.description }

    /// The exchange of dead letters: by the name of their queue.
    var dead: String { prefix + "weir.dead" }
    /// The exchange of what has waited: by the name of the queue that it waits for, so that nobody else gets it again.
    var retry: String { prefix + "weir.retry" }
    /// The exchange and the queue of what would go nowhere.
    var unrouted: String { prefix + "weir.unrouted" }

    /// The exchange and the queue of a wait.
    func delay(_ milliseconds: Int64) -> String { prefix + "weir.delay.\(milliseconds)" }

    /// The exchange of what no queue is bound for at an exchange.
    func unrouted(of exchange: QualifiedName) -> String { name(of: exchange) + ".unrouted" }
}
