// SPDX-License-Identifier: Apache-2.0

/// Whether a step acts, only counts what it would have done, or is passed over.
public enum StepMode: String, Sendable, Hashable {
    /// It acts.
    case enforce
    /// It lets everything through and counts what it would have refused, repeated or cut off.
    case shadow
    /// It is passed over.
    case off
}
