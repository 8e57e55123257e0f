// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A digest that is computed when it is first asked for, and kept; copies of its owner share it.
final class ContentHash: Sendable {
    private let text = AtomicLazyReference<Text>()

    private final class Text: Sendable {
        let value: String
        init(_ value: String) { self.value = value }
    }

    /// The digest; two tasks that ask at once may both compute it, and get the same.
    func value(of bytes: () -> [UInt8]) -> String {
        if let known = text.load() { return known.value }
        return text.storeIfNil(Text(SHA256.hex(bytes()))).value
    }
}
