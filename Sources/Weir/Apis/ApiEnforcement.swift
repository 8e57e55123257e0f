// SPDX-License-Identifier: Apache-2.0

public import WeirLifecycle

/// Serves an API as its policy says, such as the middleware of a web server.
///
/// Attach it by ``WeirConfiguration/apis``: an API that nobody serves is refused, and so is one that differs from what serves it,
/// at the start and at every reload.
public protocol ApiEnforcement: Sendable {
    /// The API: its full name, or an ending of it.
    var apiName: String { get }

    /// Whether requests are served already; ``Weir/run()`` refuses to go on without.
    var isServing: Bool { get }

    /// What stands against serving the API as it is declared, a clause each; empty when nothing does.
    ///
    /// Asked before a graph is put in force; with a problem the whole set of files is refused.
    func problems(with api: ApiLifecycle) -> [String]

    /// Serves the API like this from now on. Called in the order of generations, never for one that ``problems(with:)`` refused.
    func enforce(_ api: ApiLifecycle)
}
