// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import WeirPolicy

/// A request beside what decides at its moment.
struct Question {
    let fields: HTTPFields
    let places: RequestFields
    let consumer: String?
    let stretch: Stretch
    let now: Instant
}

/// Why a version was chosen, before it is put into words.
enum Why: Hashable {
    /// A reader names it, by its place.
    case named(Int)
    case contentType
    case wildcard
    case pinned
    case unspecified
}
