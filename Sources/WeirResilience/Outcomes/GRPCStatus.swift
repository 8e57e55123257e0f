// SPDX-License-Identifier: Apache-2.0

/// The status codes of gRPC by the names that policies use.
enum GRPCStatus {
    /// Names by number, 0 to 16.
    static let names: [StaticString] = [
        "ok", "cancelled", "unknown", "invalid-argument", "deadline-exceeded", "not-found", "already-exists",
        "permission-denied", "resource-exhausted", "failed-precondition", "aborted", "out-of-range", "unimplemented",
        "internal", "unavailable", "data-loss", "unauthenticated",
    ]

    static let deadlineExceeded = 4
    static let unavailable = 14

    /// The number of a name in kebab case; nil for a name that gRPC does not have.
    static func number(of name: String) -> Int? { names.firstIndex { $0.description == name } }
}
