// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `weir api`: what is promised of API versions, and when it happens.
struct Api: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows the versions of APIs: at a moment, over the years, and what changed.",
        discussion: """
            EXAMPLES
              weir api at 2027-03-02                       the whole API as of a day
              weir api timeline                            bars and dates in the terminal
              weir api timeline --format svg -o api.svg    a picture to hand on
              weir api timeline --format ics -o api.ics    a calendar to subscribe to
              weir api changelog --against main            what changed for clients
              weir api publish                             write down what clients have been told
              weir api import openapi.yaml                 draft a policy
              weir api usage --counts counts.json --today 2026-11-25
            """,
        subcommands: [
            ApiAt.self, ApiTimelineVerb.self, ApiChangelogVerb.self, ApiPublish.self, ApiUsage.self, ApiImport.self,
            ApiStamp.self,
        ])
}
