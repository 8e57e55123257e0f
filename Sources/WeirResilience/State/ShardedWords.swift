// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A few atomic words for each shard in one aligned block, all zero at first; the words of one shard stand together.
final class ShardedWords: Sendable {
    /// Words in each shard.
    let width: Int
    private let stride: Int
    // Safe: allocated once in `init`, freed once in `deinit`, and every access goes through an atomic.
    private nonisolated(unsafe) let base: UnsafeMutablePointer<Atomic<UInt64>>

    init(width: Int) {
        let perLine = Shard.stride / MemoryLayout<Atomic<UInt64>>.stride
        self.width = width
        stride = (width + perLine - 1) / perLine * perLine
        let bytes = Shard.count * stride * MemoryLayout<Atomic<UInt64>>.stride
        let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: Shard.stride)
        base = raw.bindMemory(to: Atomic<UInt64>.self, capacity: Shard.count * stride)
        for index in 0..<Shard.count * stride { (base + index).initialize(to: Atomic(0)) }
    }

    deinit {
        for index in 0..<Shard.count * stride { (base + index).deinitialize(count: 1) }
        UnsafeMutableRawPointer(base).deallocate()
    }

    /// Adds to a word of the calling thread's shard.
    @inline(__always)
    func add(_ amount: UInt64, to word: Int) {
        base[Shard.current &* stride &+ word].wrappingAdd(amount, ordering: .relaxed)
    }

    /// The sum of a word over all shards; calls that run at the same time may or may not be in it.
    func sum(_ word: Int) -> UInt64 {
        var total: UInt64 = 0
        for shard in 0..<Shard.count { total &+= base[shard &* stride &+ word].load(ordering: .relaxed) }
        return total
    }

    /// Like ``add(_:to:)``, in one order with every other ordered access.
    @inline(__always)
    func addOrdered(_ amount: UInt64, to word: Int) {
        base[Shard.current &* stride &+ word].wrappingAdd(amount, ordering: .sequentiallyConsistent)
    }

    /// Like ``sum(_:)``, in one order with every other ordered access.
    func orderedSum(_ word: Int) -> UInt64 {
        var total: UInt64 = 0
        for shard in 0..<Shard.count {
            total &+= base[shard &* stride &+ word].load(ordering: .sequentiallyConsistent)
        }
        return total
    }

    /// A word of one shard.
    @inline(__always)
    func load(_ word: Int, in shard: Int) -> UInt64 {
        base[shard &* stride &+ word].load(ordering: .relaxed)
    }

    /// Replaces a word of one shard if it still holds what was expected; returns what it holds otherwise.
    @inline(__always)
    func replace(_ word: Int, in shard: Int, expected: UInt64, with new: UInt64) -> UInt64? {
        let (done, found) = base[shard &* stride &+ word].weakCompareExchange(
            expected: expected, desired: new, ordering: .relaxed)
        return done ? nil : found
    }

    /// Sets every word of every shard to zero.
    func clear() {
        for index in 0..<Shard.count * stride { base[index].store(0, ordering: .relaxed) }
    }
}
