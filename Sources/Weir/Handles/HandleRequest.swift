// SPDX-License-Identifier: Apache-2.0

/// What a service asked for when it obtained a handle.
struct HandleRequest: Sendable, Hashable {
    /// Whether overdue work is awaited or left behind.
    enum Mode: Sendable, Hashable {
        case structured, detachable
    }

    /// The operation or policy, in full or the end of its name.
    let name: String
    /// The operation that calls, likewise.
    let caller: String?
    let mode: Mode
    /// Where in the service's code.
    let file: String
    let line: UInt

    /// `operation "payments.authorize" from "checkout.place-order" (Sources/Shop/Orders.swift:12)`.
    var description: String {
        let verb = mode == .structured ? "operation" : "detachableOperation"
        let from = caller.map { ", from: \"\($0)\"" } ?? ""
        return "\(verb)(\"\(name)\"\(from)) at \(file):\(line)"
    }
}
