// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Weir
import WeirEvents

/// Something worth telling.
enum Happening: Sendable {
    /// An order was answered.
    case order(Order)
    /// An app was answered by the API.
    case answer(Answer)
    /// Weir did something.
    case weir(WeirEvent)
    /// The bus did something with an event.
    case bus(BusEvent)
    /// An upstream was told how to behave.
    case upstream(String)
    /// The story says what comes next.
    case chapter(String)
    /// A remark.
    case remark(String)
}

/// Everything that happened, for those who watch and for those who check.
final class Chronicle: Sendable {
    /// The happenings that are kept; the oldest half goes when there are more.
    static let mostKept = 20_000

    struct Entry: Sendable {
        let number: Int
        let happening: Happening
    }

    private struct State {
        var entries: [Entry] = []
        var count = 0
    }

    private let state = Mutex(State())
    private let view: TerminalView

    init(view: TerminalView) { self.view = view }

    /// Takes note and shows it.
    func note(_ happening: Happening) {
        state.withLock { state in
            state.count += 1
            state.entries.append(Entry(number: state.count, happening: happening))
            if state.entries.count > Self.mostKept { state.entries.removeFirst(Self.mostKept / 2) }
        }
        view.show(happening)
    }

    /// How many things have happened; a mark for ``since(_:)``.
    var mark: Int { state.withLock { $0.count } }

    /// What happened after a mark, in its order.
    func since(_ mark: Int) -> [Happening] {
        state.withLock { state in
            let first = state.entries.partitioningIndex { $0.number > mark }
            return state.entries[first...].map(\.happening)
        }
    }
}

extension Array {
    /// The first index of which the predicate holds, where it holds for everything after it as well.
    fileprivate func partitioningIndex(where belongsToSecond: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if belongsToSecond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
