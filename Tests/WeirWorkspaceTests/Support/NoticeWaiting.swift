// SPDX-License-Identifier: Apache-2.0

import WeirWorkspace

extension DirectoryWatcher {
    /// The next notice; nil when there is none for so long that there will be none.
    func next(within limit: Duration = .seconds(10)) async -> WatchNotice? {
        await withTaskGroup(of: WatchNotice?.self) { group in
            group.addTask { await self.notices.first { _ in true } }
            group.addTask {
                try? await ContinuousClock().sleep(for: limit)  // Ended early by cancellation: the notice came.
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
    }
}
