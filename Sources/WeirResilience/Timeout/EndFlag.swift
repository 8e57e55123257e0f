// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Whether a task has ended, for the one that started it.
@usableFromInline
final class EndFlag: Sendable {
    private let ended = Atomic<Bool>(false)

    @usableFromInline
    init() {}

    @usableFromInline
    func set() { ended.store(true, ordering: .releasing) }

    @usableFromInline var isSet: Bool { ended.load(ordering: .acquiring) }
}
