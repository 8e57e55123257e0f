// SPDX-License-Identifier: Apache-2.0

/// Words that other tools use for what this language says in another way.
enum ForeignWords {
    /// What to write instead; nil for a word that is not known from elsewhere.
    static func advice(_ word: String) -> String? { phrases[word].map { "write `\($0)`" } }

    /// The one word that means the same, so that the rest of the statement can be read.
    static func twin(_ word: String) -> String? { twins[word] }

    /// Whether a word begins a comment in other languages.
    static func beginsComment(_ word: String) -> Bool { word.hasPrefix("//") || word.hasPrefix("/*") }

    /// What is wrong with a comment as other languages write it.
    static func comment(_ word: String, at tokens: Range<Int>) -> Fault {
        Fault(
            .unexpectedWord, "`\(word.prefix(2))` begins no comment", at: tokens, "", help: "a comment begins with `#`",
            mend: word == "//" ? .replace(tokens, "#") : nil)
    }

    private static let twins: [String: String] = [
        "circuit-breaker": "breaker", "circuitbreaker": "breaker", "rate-limit": "limit", "ratelimit": "limit",
        "rate-limiter": "limit", "import": "use", "include": "use", "const": "let", "var": "let", "val": "let",
        "namespace": "package", "module": "package", "env": "environment", "on": "when", "retry-on": "when",
        "if": "when",
        "pipeline": "policy", "upstream": "service", "endpoint": "operation", "method": "operation", "rpc": "operation",
        "retries": "retry", "honor": "honour", "delay": "wait", "backoff": "wait", "team": "owner", "depends": "calls",
        "expect": "then", "assert": "then", "suppress": "allow", "filter": "where", "handler": "deliver",
        "topic": "exchange",
        "subscribe": "subscription", "consumer": "subscription", "consume": "subscription",
    ]

    private static let phrases: [String: String] = [
        "max-retries": "retry up to 3 attempts", "max-attempts": "retry up to 3 attempts",
        "maxattempts": "retry up to 3 attempts", "maxretries": "retry up to 3 attempts",
        "retry-attempts": "retry up to 3 attempts", "attempts": "retry up to 3 attempts",
        "num-retries": "retry up to 3 attempts", "exponential": "growing 2x up to 1s",
        "exponential-backoff": "wait 50ms growing 2x up to 1s", "jitter": "with full jitter",
        "initial-backoff": "wait 50ms growing 2x up to 1s", "max-backoff": "wait 50ms growing 2x up to 1s",
        "multiplier": "wait 50ms growing 2x up to 1s", "linear": "growing by 50ms up to 1s",
        "constant": "growing 1x", "fixed": "growing 1x", "threshold": "trip at 50% failing",
        "failure-threshold": "trip at 50% failing", "error-threshold": "trip at 50% failing",
        "failure-rate-threshold": "trip at 50% failing", "failure-rate": "trip at 50% failing",
        "slow-call-threshold": "trip at 80% slower than 500ms", "sliding-window": "over 30s with at least 20 calls",
        "window": "over 30s with at least 20 calls", "minimum-calls": "over 30s with at least 20 calls",
        "cooldown": "stay open 15s", "reset-timeout": "stay open 15s", "break-duration": "stay open 15s",
        "half-open": "probe 5 calls", "half-open-requests": "probe 5 calls", "max-concurrent": "bulkhead 50 calls",
        "max-concurrency": "bulkhead 50 calls", "concurrency": "bulkhead 50 calls", "semaphore": "bulkhead 50 calls",
        "max-queue": "queue 20 for up to 100ms", "memoize": "cache for 30s", "slo": "objective 99.9% within 300ms",
        "sla": "answers within 3s", "rps": "load 120/s", "qps": "load 120/s", "p50": "latency 180ms typical, 900ms p99",
        "p99": "latency 180ms typical, 900ms p99", "times": "attempts",
        "dead-letter": "dead letter to billing-dead", "dlq": "dead letter to billing-dead",
        "dead-letter-queue": "dead letter to billing-dead", "ordered": "in order by order-id",
        "routing-key": "from orders matching \"order.*\"", "bind": "from orders matching \"order.*\"",
        "ttl": "expire after 6h", "max-length": "hold up to 100000 messages", "dedup": "once per event within 7d",
        "deduplicate": "once per event within 7d",
    ]
}
