// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `weir events`: what others need to know of events and their ways.
struct Events: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Hands on what is declared of events, in forms that others read.",
        discussion: """
            A picture of the same is `weir graph events`.

            EXAMPLES
              weir events asyncapi -o events.asyncapi.json
              weir events definitions --rabbitmq 3.10 -o definitions.json
            """,
        subcommands: [EventsAsyncAPI.self, EventsDefinitions.self])
}
