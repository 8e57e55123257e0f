// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirWorkspace

@testable import Weir

/// Policies that a test changes by hand, in place of files.
final class ChangingSource: PolicySource {
    private let reading: AdministrationLock<PolicyReading>

    var watchedRoot: WorkspaceRoot? { nil }

    init(_ graph: PolicyGraph) { reading = AdministrationLock(PolicyReading(contentHash: "0", .success(graph))) }

    init(broken error: LoadError) { reading = AdministrationLock(PolicyReading(contentHash: "0", .failure(error))) }

    func read() -> PolicyReading { reading.withLock { $0 } }

    /// The files now say this; the hash stands for their bytes.
    func change(_ hash: String, to graph: PolicyGraph) {
        reading.withLock { $0 = PolicyReading(contentHash: hash, .success(graph)) }
    }

    /// The files are broken now.
    func breakFiles(_ hash: String, _ message: String = "a word is misspelt") {
        reading.withLock { $0 = PolicyReading(contentHash: hash, .failure(LoadError(.files, message))) }
    }
}
