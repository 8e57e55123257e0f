// SPDX-License-Identifier: Apache-2.0

/// What the steps of a pipeline remember of one call; which words mean what is up to the kind of step.
///
/// The first few steps find room in the call itself, so that calls through usual pipelines allocate nothing and are
/// small enough to be made in a few nanoseconds; longer pipelines pay one allocation a call.
@usableFromInline
struct CallSlots: ~Copyable {
    @usableFromInline
    struct Slot {
        @usableFromInline var first: UInt64 = 0
        @usableFromInline var second: UInt64 = 0
        @usableFromInline var third: UInt64 = 0

        @inlinable
        init(first: UInt64 = 0, second: UInt64 = 0, third: UInt64 = 0) {
            self.first = first
            self.second = second
            self.third = third
        }
    }

    /// Steps that find room in the call: each kind once.
    @inlinable static var inlineSteps: Int { 8 }

    @usableFromInline var inline: InlineArray<8, Slot>
    @usableFromInline let overflow: UnsafeMutablePointer<Slot>?

    @inlinable
    init(steps: Int) {
        inline = InlineArray(repeating: Slot())
        overflow = steps > Self.inlineSteps ? Self.allocate(steps) : nil
    }

    @usableFromInline
    static func allocate(_ steps: Int) -> UnsafeMutablePointer<Slot> {
        let slots = UnsafeMutablePointer<Slot>.allocate(capacity: steps)
        slots.initialize(repeating: Slot(), count: steps)
        return slots
    }

    @inlinable
    deinit { overflow?.deallocate() }

    /// The slot of a step of the pipeline that the slots were made for.
    ///
    /// By address, because the subscript of an inline array copies the whole array, in both directions.
    subscript(step: Int) -> Slot {
        @inline(__always)
        mutating get { withSlot(step) { $0.pointee } }
        @inline(__always)
        set { withSlot(step) { $0.pointee = newValue } }
    }

    @inline(__always)
    private mutating func withSlot<Result>(_ step: Int, _ body: (UnsafeMutablePointer<Slot>) -> Result) -> Result {
        if let overflow { return body(overflow + step) }
        precondition(step < Self.inlineSteps)
        return withUnsafeMutableBytes(of: &inline) { bytes in
            body(bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: Slot.self) + step)
        }
    }
}
