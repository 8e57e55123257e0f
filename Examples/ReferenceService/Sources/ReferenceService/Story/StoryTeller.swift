// SPDX-License-Identifier: Apache-2.0

import Weir
import WeirPolicy
import WeirResilience

/// Tells the story step by step and looks whether each step is really seen.
struct StoryTeller {
    /// How long a step may take to be seen.
    static let patience: Duration = .seconds(20)
    /// How often it looks.
    static let glance: Duration = .milliseconds(20)

    let system: ReferenceSystem
    let policies: PolicyFolder
    private let clock = ContinuousClock()

    init(_ system: ReferenceSystem, _ policies: PolicyFolder) {
        self.system = system
        self.policies = policies
    }

    /// Plays every chapter; what was not seen, in words.
    func tell() async -> [String] {
        var missing: [String] = []
        for chapter in chapters + chaptersOfEvents + chaptersOfVersions {
            system.chronicle.note(.chapter(chapter.title))
            let mark = system.chronicle.mark
            do {
                try await chapter.begin()
            } catch {
                missing.append("\(chapter.title): \(error)")
                continue
            }
            for sight in chapter.sights where !(await see(sight, after: mark)) {
                missing.append("\(chapter.title): \(sight.words)")
            }
        }
        return missing
    }

    private func see(_ sight: Sight, after mark: Int) async -> Bool {
        let end = clock.now + Self.patience
        while clock.now < end {
            if sight.isSeen(system.chronicle.since(mark)) {
                system.chronicle.note(.remark("   seen: \(sight.words)"))
                return true
            }
            do { try await clock.sleep(for: Self.glance) } catch { return false }
        }
        system.chronicle.note(.remark("   NOT SEEN: \(sight.words)"))
        return false
    }

    private func tellPayments(_ query: String) async throws {
        let reply = try await system.http.send("PUT", "\(system.payments.address.base)/behaviour?\(query)")
        guard reply.status == 200 else { throw StoryError(missing: "an answer to `\(query)`: \(reply.text)") }
    }
}

extension StoryTeller {
    private var chapters: [Chapter] {
        [
            Chapter("All is well") {
            } sights: {
                Sight.orders(5, "orders are charged") { $0.status == 201 }
            },
            Chapter("Payments fail") {
                try await tellPayments("is=failing&status=503")
            } sights: {
                Sight.event("failed attempts are retried", .retryScheduled)
                Sight.breaker("the breaker opens", to: .open)
                Sight.event("calls are refused without a request", .breakerRejected)
                Sight.orders(5, "orders are taken and charged later, by the fallback") { $0.status == 202 }
            },
            Chapter("Payments heal") {
                try await tellPayments("is=healthy")
            } sights: {
                Sight.breaker("the breaker tries whether they are well", to: .halfOpen)
                Sight.breaker("the breaker closes", to: .closed)
                Sight.orders(5, "orders are charged again") { $0.status == 201 }
            },
            Chapter("Payments hang") {
                try await tellPayments("is=hanging")
            } sights: {
                Sight.event("attempts are given up", .timeoutAttempt)
                Sight.orders(1, "a client waits no longer than the deadline says") {
                    $0.status == 504 && $0.time < .seconds(3)
                }
                Sight.breaker("the breaker opens", to: .open)
            },
            Chapter("Payments heal again") {
                try await tellPayments("is=healthy")
            } sights: {
                Sight.breaker("the breaker closes", to: .closed)
                Sight.orders(5, "orders are charged again") { $0.status == 201 }
            },
            Chapter("A policy is edited: one attempt instead of three") {
                try policies.edit("retry up to 3 attempts", to: "retry up to 1 attempts")
                try policies.edit("fallback to status 202", to: "fallback to status 203")
            } sights: {
                Sight.reload("the new policies are in force") { if case .applied = $0.outcome { true } else { false } }
            },
            Chapter("Payments fail under the new policy") {
                try await tellPayments("is=failing&status=500")
            } sights: {
                Sight.breaker("the breaker opens", to: .open)
                Sight.orders(3, "the fallback answers as the edited file says") { $0.status == 203 }
                Sight("no call to payments is retried any more") { happenings in
                    !happenings.contains { happening in
                        guard case .weir(.call(let event)) = happening else { return false }
                        return event.name == .retryScheduled && event.owner.name == "payments.authorize"
                    }
                }
            },
            Chapter("A policy file is broken") {
                try await tellPayments("is=healthy")
                try policies.edit("deadline 1s", to: "deadline 1")
            } sights: {
                Sight.reload("the broken file is refused, with its line") { report in
                    if case .rejected(let error) = report.outcome {
                        error.description.contains("resilience.weir")
                    } else {
                        false
                    }
                }
                Sight.breaker("the last good policies go on: the breaker closes", to: .closed)
                Sight.orders(5, "orders are charged under the last good policies") { $0.status == 201 }
            },
            Chapter("The file is repaired") {
                try policies.edit("deadline 1\n", to: "deadline 900ms\n")
            } sights: {
                Sight.reload("the repaired policies are in force") {
                    if case .applied = $0.outcome { true } else { false }
                }
                Sight("nothing is refused any more") { _ in system.weir.status().rejection == nil }
                Sight.orders(5, "orders are charged") { $0.status == 201 }
            },
        ]
    }
}
