// SPDX-License-Identifier: Apache-2.0

/// Policy files of a chosen size in both forms, the same meaning in each.
struct Corpus {
    /// One file's path below the root, without its ending, and its two texts.
    struct File {
        let path: String
        let weir: String
        let yaml: String
    }

    let files: [File]

    /// So many policies in so many files, one package a directory of ten files.
    init(policies: Int, files count: Int) {
        let perFile = max(policies / max(count, 1), 1)
        files = (0..<count).map { index in
            let package = "load.group-\(index / 10)"
            let names = (0..<perFile).map { index * perFile + $0 }
            return File(
                path: "load/group-\(index / 10)/file-\(index)",
                weir: "edition 1\npackage \(package)\n\n" + names.map(Self.weirPolicy).joined(separator: "\n"),
                yaml: "edition: 1\npackage: \(package)\npolicies:\n" + names.map(Self.yamlPolicy).joined())
        }
    }

    var weirBytes: Int { files.reduce(0) { $0 + $1.weir.utf8.count } }
    var yamlBytes: Int { files.reduce(0) { $0 + $1.yaml.utf8.count } }

    private static func weirPolicy(_ number: Int) -> String {
        """
        ## Guards the calls to upstream \(number); reads that may be tried again.
        policy guard-\(number) {
          deadline \(2000 + number % 500)ms
          limit \(100 + number % 100)/s {
            burst 50
            wait up to 50ms
          }
          retry up to 3 attempts {
            wait 50ms growing 2x up to 1s with full jitter
            when timeout, refused, reset, status 502..504
            budget 10% of calls, at least 2/s
          }
          breaker {
            trip at 50% failing
            trip at 80% slower than 400ms
            over 30s with at least 20 calls
            stay open 15s growing 2x up to 2m
            probe 5 calls
          }
          bulkhead 50 calls {
            queue 20 for up to 100ms
          }
          timeout \(400 + number % 100)ms
        }

        """
    }

    private static func yamlPolicy(_ number: Int) -> String {
        """
          guard-\(number):
            description: Guards the calls to upstream \(number); reads that may be tried again.
            steps:
              - deadline: \(2000 + number % 500)ms
              - limit: { rate: \(100 + number % 100)/s, burst: 50, wait: 50ms }
              - retry:
                  attempts: 3
                  wait: { first: 50ms, growing: 2x, up-to: 1s, jitter: full }
                  when: [timeout, refused, reset, status 502..504]
                  budget: { share: 10%, at-least: 2/s }
              - breaker:
                  trip: [{ failing: 50% }, { share: 80%, slower-than: 400ms }]
                  over: { time: 30s, at-least: 20 }
                  stay-open: { for: 15s, growing: 2x, up-to: 2m }
                  probe: 5
              - bulkhead: { calls: 50, queue: { size: 20, for: 100ms } }
              - timeout: \(400 + number % 100)ms

        """
    }
}
