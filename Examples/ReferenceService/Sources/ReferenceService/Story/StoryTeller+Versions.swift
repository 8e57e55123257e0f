// SPDX-License-Identifier: Apache-2.0

import Weir

extension StoryTeller {
    /// How apps of all ages meet the shop, while the date moves on.
    var chaptersOfVersions: [Chapter] {
        [
            Chapter("It is 25 November 2026: apps call three versions") {
                try await moveDate("2026-11-25")
                try await ask("GET", "/api/v3/orders/7")
                try await ask("GET", "/api/v2/orders/7")
                try await ask("POST", "/api/v1/orders")
            } sights: {
                Sight.answer("v3 answers and has nothing to say of its end") {
                    $0.request.contains("/v3/") && $0.status == 200 && $0["Sunset"] == nil
                }
                Sight.answer("v2 answers, says when it ends, and where to go") {
                    $0.request.contains("/v2/") && $0.status == 200 && $0["Deprecation"] == "@1788220800"
                        && $0["Sunset"] == "Wed, 01 Sep 2027 00:00:00 GMT"
                        && $0["Link"]?.contains("</api/v3/orders/7>; rel=\"successor-version\"") == true
                }
                Sight.answer("v1 is gone, with a problem that names its successor") {
                    $0.status == 410 && $0["Content-Type"] == "application/problem+json"
                        && $0.text.contains(#""successor":"v2""#)
                }
            },
            Chapter("What ends when, for whoever asks") {
                try await ask("GET", "/api/v1/system/deprecations")
            } sights: {
                Sight.answer("the endpoint outlives its version and lists the routes of v2") {
                    $0.status == 200 && $0.text.contains(#""endpoint":"GET /api/v2/orders/{number}""#)
                }
            },
            Chapter("It is 1 June 2027, half past two: a brownout of v2") {
                try await moveDate("2027-06-01T14:30:00Z")
                try await ask("GET", "/api/v2/orders/7")
            } sights: {
                Sight.answer("v2 is off for half an hour more, and no cache prolongs it") {
                    // The clock goes on, so some seconds may have passed.
                    let wait = $0["Retry-After"].flatMap { Int($0) } ?? 0
                    return $0.status == 410 && (1790...1800).contains(wait) && $0["Cache-Control"] == "no-store"
                }
            },
            Chapter("It is 2 September 2027: v2 is switched off, but for one partner") {
                try await moveDate("2027-09-02")
                try await ask("GET", "/api/v2/orders/7")
                try await ask("GET", "/api/v2/orders/7", as: "acme")
            } sights: {
                Sight.answer("v2 is gone") { $0.status == 410 }
                Sight.answer("the partner is served, and no cache shares its answer") {
                    $0.status == 200 && $0["Cache-Control"] == "private"
                }
            },
            Chapter("The sunset of v2 moves in the file") {
                try policies.edit("sunset 2027-09-01", to: "sunset 2027-11-01", in: "shop/api.weir")
            } sights: {
                Sight.reload("the new date is in force") { if case .applied = $0.outcome { true } else { false } }
            },
            Chapter("The app asks again") {
                try await ask("GET", "/api/v2/orders/7")
            } sights: {
                Sight.answer("v2 answers, with its new date") {
                    $0.status == 200 && $0["Sunset"] == "Mon, 01 Nov 2027 00:00:00 GMT"
                }
            },
        ]
    }

    private func moveDate(_ date: String) async throws {
        let reply = try await system.http.send("PUT", "\(system.front.address.base)/clock?is=\(date)")
        guard reply.status == 200 else { throw StoryError(missing: "the date \(date): \(reply.text)") }
    }

    private func ask(_ method: String, _ path: String, as client: String = "an-app") async throws {
        let answer = try await system.http.ask(method, "\(system.front.address.base)\(path)", as: client)
        system.chronicle.note(.answer(answer))
    }
}

extension Sight {
    /// An answer of the API.
    static func answer(_ words: String, where isMeant: @escaping (Answer) -> Bool) -> Sight {
        Sight(words) { happenings in
            happenings.contains { if case .answer(let answer) = $0 { isMeant(answer) } else { false } }
        }
    }
}
