// SPDX-License-Identifier: Apache-2.0

/// A live state that a bounded table may forget.
protocol ForgettableState: AnyObject, Sendable {
    /// What forgetting the state now would cost.
    func worth(at now: UInt64) -> StateWorth
}

/// What it costs to forget a live state.
enum StateWorth {
    /// Nothing: it is as a fresh one.
    case none
    /// What it has counted so far.
    case counts
    /// What it holds back would go through.
    case protection
}

/// One state for each value of a scope key, at most so many; the least recently used idle one makes room.
final class KeyedStates<State: ForgettableState>: Sendable {
    /// How many of the least recently used states are looked at for an idle one, before the oldest of all goes.
    private static var lookedAt: Int { 32 }

    private struct Node {
        var state: State
        var key: String
        var newer: Int
        var older: Int
    }

    private struct Table {
        var index: [String: Int] = [:]
        var nodes: [Node] = []
        var newest = -1
        var oldest = -1
    }

    private let mostKeys: Int
    private let make: @Sendable (UInt64) -> State
    private let lock = SpinLock()
    // Safe: read and written only while `lock` is held.
    private nonisolated(unsafe) var table = Table()

    init(mostKeys: Int, make: @escaping @Sendable (UInt64) -> State) {
        self.mostKeys = mostKeys
        self.make = make
    }

    /// The state of the key, made when there is none.
    func state(for key: String, at now: UInt64) -> State {
        lock.withLock {
            if let known = table.index[key] {
                unlink(known)
                linkNewest(known)
                return table.nodes[known].state
            }
            let state = make(now)
            let node = Node(state: state, key: key, newer: -1, older: -1)
            let place: Int
            if table.nodes.count < mostKeys {
                place = table.nodes.count
                table.nodes.append(node)
            } else {
                place = victim(at: now)
                table.index[table.nodes[place].key] = nil
                unlink(place)
                table.nodes[place] = node
            }
            table.index[key] = place
            linkNewest(place)
            return state
        }
    }

    /// Every state with its key, the most recently used first.
    var all: [(key: String, state: State)] {
        lock.withLock {
            var found: [(String, State)] = []
            var place = table.newest
            while place >= 0 {
                found.append((table.nodes[place].key, table.nodes[place].state))
                place = table.nodes[place].older
            }
            return found
        }
    }

    /// The oldest that no call uses and that is at rest, then one that only counts; the oldest of all when none of
    /// those looked at is either.
    private func victim(at now: UInt64) -> Int {
        var place = table.oldest
        var looked = 0
        var counting = -1
        while place >= 0 && looked < Self.lookedAt {
            if isKnownUniquelyReferenced(&table.nodes[place].state) {
                switch table.nodes[place].state.worth(at: now) {
                case .none: return place
                case .counts: if counting < 0 { counting = place }
                case .protection: break
                }
            }
            place = table.nodes[place].newer
            looked += 1
        }
        return counting >= 0 ? counting : table.oldest
    }

    private func unlink(_ place: Int) {
        let node = table.nodes[place]
        if node.newer >= 0 { table.nodes[node.newer].older = node.older } else { table.newest = node.older }
        if node.older >= 0 { table.nodes[node.older].newer = node.newer } else { table.oldest = node.newer }
    }

    private func linkNewest(_ place: Int) {
        table.nodes[place].newer = -1
        table.nodes[place].older = table.newest
        if table.newest >= 0 { table.nodes[table.newest].newer = place } else { table.oldest = place }
        table.newest = place
    }
}

/// The state of a step: one for all, or one for each value of its scope key.
enum ScopedState<State: ForgettableState>: Sendable {
    case single(State)
    case keyed(KeyedStates<State>)
}

extension CircuitBreaker: ForgettableState {
    func worth(at now: UInt64) -> StateWorth {
        let snapshot = snapshot(at: now)
        guard snapshot.state == .closed else { return .protection }
        return snapshot.counts.failed == 0 && snapshot.counts.slow == 0 ? .none : .counts
    }
}

extension Bulkhead: ForgettableState {
    func worth(at now: UInt64) -> StateWorth {
        let snapshot = snapshot
        return snapshot.running == 0 && snapshot.waiting == 0 ? .none : .protection
    }
}

extension TokenBucket: ForgettableState {
    func worth(at now: UInt64) -> StateWorth { isFull(at: now) ? .none : .protection }
}
