// SPDX-License-Identifier: Apache-2.0

import ReferenceService
import Testing

@Suite struct StoryTests {
    @Test(.timeLimit(.minutes(2))) func `sees every step of the story over real HTTP`() async throws {
        #expect(try await Story().play() == [])
    }
}
