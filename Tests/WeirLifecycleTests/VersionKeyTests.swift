// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirLifecycle

/// Requests name versions as policies do, though they are read without making strings.
@Suite struct VersionKeyTests {
    private static func key(_ text: String) -> VersionKey? {
        let bytes = Array(text.utf8)
        return VersionKey(bytes.span, 0..<bytes.count)
    }

    private static let written = [
        "", "v", "V", "1", "v1", "V1", "v1.0", "1.0.0.0", "v1.0.0.0.0", "v1.", ".1", "v.1", "v1..2", "vv1", "v-1",
        "v+1",
        "v 1", "v01", "v000001", "v0000001", "v999999.999999.999999.999999", "v1.2.3", "v1.2.3.4", "v10", "v2", "٣",
        "v٣",
        "2026-03-01", "2024-02-29", "2023-02-29", "2024-02-30", "2026-13-01", "2026-00-10", "0000-01-01", "9999-12-31",
        "2026-3-01", "2026-03-1", "2026/03/01", "v2026-03-01", "2026-03-01 ", "2026-03_01", "12345.6789", "-026-03-01",
        "latest", "v1beta", "%31", "1234567890", "v0", "0",
    ]

    @Test(arguments: written) func `read what a policy reads, and nothing else`(text: String) throws {
        let version = ApiVersion(text)
        let key = Self.key(text)
        #expect((key == nil) == (version == nil), "`\(text)`")
        guard let version, let key else { return }
        #expect(key == VersionKey(version) && key.version == version, "`\(text)`: \(String(describing: key.version))")
    }

    @Test func `read random texts alike`() {
        var chance = PropertyTests.Seeded(state: 7)
        let letters = Array("vV0123456789..--".unicodeScalars)
        for _ in 0..<20_000 {
            var text = ""
            for _ in 0..<Int.random(in: 0...11, using: &chance) {
                text.unicodeScalars.append(letters[Int.random(in: 0..<letters.count, using: &chance)])
            }
            #expect(Self.key(text)?.version == ApiVersion(text), "`\(text)`")
        }
    }

    @Test func `sort as versions do`() throws {
        let versions = Self.written.compactMap { ApiVersion($0) }
        for left in versions {
            for right in versions {
                #expect((VersionKey(left) < VersionKey(right)) == (left < right), "\(left) and \(right)")
            }
        }
    }
}
