// SPDX-License-Identifier: Apache-2.0

/// The name of an error's type as a small number, so that outcomes stay plain values and names are made once.
@usableFromInline
struct ErrorName: Sendable, Hashable {
    /// The most different names that are told apart; later ones count as unnamed.
    static let mostNames = 4096
    /// No name.
    @inlinable static var none: ErrorName { ErrorName(number: 0) }

    @usableFromInline let number: UInt32

    /// Module and type, `NIOCore.ChannelError`; empty for ``none``.
    var text: String { Self.registry.text(of: number) }

    init(_ name: String) { self = Self.registry.named(name) }

    /// The name of the error's own type.
    init(of error: any Error) { self = Self.registry.named(type(of: error)) }

    @inlinable
    init(number: UInt32) { self.number = number }

    /// Whether a policy that writes `pattern` means this error: the full name, or the name without its module.
    func matches(_ pattern: String) -> Bool {
        let text = self.text
        guard !text.isEmpty else { return false }
        if text == pattern { return true }
        guard let dot = text.firstIndex(of: ".") else { return false }
        return text[text.index(after: dot)...] == pattern
    }

    private static let registry = Registry()

    private final class Registry: Sendable {
        private struct State {
            var texts = [""]
            var byText: [String: UInt32] = [:]
            var byType: [ObjectIdentifier: UInt32] = [:]
        }

        private let lock = SpinLock()
        // Safe: read and written only while `lock` is held.
        private nonisolated(unsafe) var state = State()

        func text(of number: UInt32) -> String { lock.withLock { state.texts[Int(number)] } }

        func named(_ name: String) -> ErrorName {
            lock.withLock {
                if let known = state.byText[name] { return ErrorName(number: known) }
                guard state.texts.count <= ErrorName.mostNames else { return .none }
                let number = UInt32(state.texts.count)
                state.texts.append(name)
                state.byText[name] = number
                return ErrorName(number: number)
            }
        }

        func named(_ type: any Error.Type) -> ErrorName {
            let identity = ObjectIdentifier(type)
            if let known = lock.withLock({ state.byType[identity] }) { return ErrorName(number: known) }
            let made = named(String(reflecting: type))
            lock.withLock { state.byType[identity] = made.number }
            return made
        }
    }
}
