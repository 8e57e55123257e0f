// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirCompiler
import WeirPolicy
import WeirSyntax

@Suite struct EventTests {
    private static let samples = "Tests/WeirSyntaxTests/Fixtures/samples"
    private static let package = "shop.checkout"

    private static func name(_ name: String) -> QualifiedName { QualifiedName(package: package, name: name) }

    private static func sample(_ form: SourceFile.Form = .weir) throws -> EventTopology {
        let compilation = Compiler.compile(files: try Corpus.files(samples, form: form))
        return try #require(compilation.graph()?.topology)
    }

    @Test(arguments: [SourceFile.Form.weir, .yaml])
    func `the sample about events is what it says`(form: SourceFile.Form) throws {
        let topology = try Self.sample(form)
        let placed = try #require(topology.event(Self.name("order.placed")))
        #expect(placed.type == "order.placed")
        #expect(placed.fields.map(\.name) == ["channel", "order-id", "region", "total"])
        #expect(placed.field("total") == .number)
        #expect(placed.key == "order-id")
        let orders = try #require(topology.exchange(Self.name("orders")))
        #expect(orders.kind == .topic)
        #expect(orders.unrouted == .queue(Self.name("unroutable")))
        #expect(topology.queue(Self.name("unroutable"))?.mostMessages == 10_000)
        #expect(topology.queue(Self.name("billing-dead"))?.mostBytes == 1 << 30)
        let queue = try #require(topology.queue(Self.name("billing-orders")))
        #expect(queue.expireAfter == .seconds(6 * 3600))
        #expect(queue.deliveries == 20)
        #expect(queue.deadLetter == Self.name("billing-dead"))
    }

    @Test func `the sample's subscription has its rules`() throws {
        let billing = try #require(try Self.sample().subscription(Self.name("billing")))
        #expect(
            billing.sources == [.init(exchange: Self.name("orders"), patterns: ["order.placed", "order.cancelled"])])
        let region = Filter.Test(.field("region"), .isOneOf([.text("eu"), .text("uk")]))
        let channel = Filter.Test(.field("channel"), .isOneOf([.text("test")]))
        #expect(billing.filter == .all([.test(region), .not(.test(channel))]))
        #expect(billing.queue == Self.name("billing-orders"))
        #expect(billing.deliveries.map(\.operation.name) == ["billing.refund", "billing.review", "billing.charge"])
        #expect(
            billing.deliveries.map(\.filter) == [
                .test(Filter.Test(.type, .isOneOf([.text("order.cancelled")]))),
                .test(Filter.Test(.field("total"), .atLeast(.number(5000)))), nil,
            ])
        #expect(billing.policy == Self.name("billing-consumer"))
        #expect(billing.prefetch == 40)
        #expect(billing.once == .init(field: "order-id", within: .seconds(86_400)))
        #expect(billing.order == .byKey(field: "order-id", lanes: SubscriptionNode.defaultLanes))
        let retry = try #require(billing.redelivery?.retry)
        #expect(retry.attempts == 5)
        #expect(retry.backoff == .exponential(initial: .seconds(10), factor: .times(3)))
        #expect(retry.cap == .seconds(300))
        #expect(retry.when == [.anyFailure])
        #expect(billing.deadLetter == Self.name("billing-dead"))
    }

    @Test func `what an operation publishes is resolved`() throws {
        let graph = try #require(Compiler.compile(files: try Corpus.files(Self.samples, form: .weir)).graph())
        #expect(
            graph.operation(Self.name("checkout.place-order"))?.publishes
                == [.init(event: Self.name("order.placed"), exchange: Self.name("orders"))])
    }

    @Test func `a topology loads back equal`() throws {
        let graph = try #require(Compiler.compile(files: try Corpus.files(Self.samples, form: .weir)).graph())
        #expect(try PolicyGraph(canonicalJSON: graph.canonicalJSON).topology == graph.topology)
    }

    private static let everything = """
        package shop
        let lease = 30s
        event order.placed {
          field order-id text
          deprecated 2026-01-01
          sunset 2026-12-01T12:00:00Z
          successor order.accepted
          reason "split"
        }
        event order.accepted {
          field order-id text
        }
        exchange orders {
          carries order.placed, order.accepted
          unrouted refused
          publish {
            window 16 messages
            outbox
          }
        }
        queue work {
          kind classic
          hold up to 10 messages
        }
        bus all {
          source "/shop"
          envelope structured
          target rabbitmq "3.10"
          delays 5s, 1s, 5s
          acknowledge within 20m
          publish {
            window 1MiB
            timeout 3s
          }
        }
        service shop {
          operation handle {
            idempotent
          }
        }
        subscription worker {
          from orders matching "order.#"
          through work
          deliver to shop.handle
          in order
          lock by order-id for $lease
          once per event within 7d
          stop after 8 hops
          redeliver up to 4 attempts {
            wait in turn 5s, 30s, 10m
            wait in place
            at once up to 2 times
            park error "DecodingError"
          }
        }
        saga fulfil {
          start when order.placed
          correlate by order-id
          within 2h
          step accept {
            call shop.handle
            await order.accepted
            compensate by publish order.placed to orders
            within 5m
          }
        }
        audit everything {
          from orders matching "#"
          keep 90d
          hold up to 1GiB
        }
        chaos profile rough {
          duplicate 1%
          delay 5% by 200ms
          drop acks 0.5%
          for worker
        }
        environment staging {
          let lease = 90s
        }

        """

    @Test func `every statement reaches its node`() throws {
        let compilation = compile(["shop.weir": Self.everything])
        #expect(compilation.listing == "")
        let topology = try #require(compilation.graph()?.topology)
        func name(_ name: String) -> QualifiedName { QualifiedName(package: "shop", name: name) }
        #expect(
            topology.event(name("order.placed"))?.lifecycle
                == .init(
                    deprecated: 1_767_225_600, sunset: 1_796_126_400, successor: name("order.accepted"), reason: "split"
                ))
        #expect(topology.exchange(name("orders"))?.unrouted == .refused)
        #expect(
            topology.exchange(name("orders"))?.publish == (try PublishSettings(windowMessages: 16, usesOutbox: true)))
        #expect(topology.queue(name("work"))?.deliveries == nil)
        let bus = try #require(topology.bus)
        #expect(bus.envelope == .structured)
        #expect(bus.target == .rabbitMQ(major: 3, minor: 10))
        #expect(bus.delays == [.seconds(1), .seconds(5)])
        #expect(bus.acknowledgeWithin == .seconds(1200))
        #expect(bus.publish == (try PublishSettings(windowBytes: 1 << 20, timeout: .seconds(3))))
        let worker = try #require(topology.subscription(name("worker")))
        #expect(worker.order == .strict)
        #expect(worker.lock == .init(field: "order-id", lease: .seconds(30)))
        #expect(worker.once == .init(field: nil, within: .seconds(7 * 86_400)))
        #expect(worker.mostHops == 8)
        #expect(worker.prefetch == SubscriptionNode.defaultPrefetch)
        let redelivery = try #require(worker.redelivery)
        #expect(redelivery.retry.backoff == .sequence([.seconds(5), .seconds(30), .seconds(600)], exhausted: .repeat))
        #expect(redelivery.retry.when == RedeliveryPolicy.defaultWhen)
        #expect(redelivery.atOnce == 2)
        #expect(redelivery.waitsInPlace)
        #expect(redelivery.park == [.error("DecodingError")])
        let saga = try #require(topology.sagas.first)
        #expect(saga.within == .seconds(7200))
        #expect(saga.steps.first?.action == .call(name("shop.handle"), policy: nil))
        #expect(saga.steps.first?.compensation == .publish(name("order.placed"), to: name("orders")))
        #expect(topology.audits.first?.keep == .seconds(90 * 86_400))
        #expect(topology.audits.first?.mostBytes == 1 << 30)
        #expect(topology.chaosProfiles.first?.delayBy == .milliseconds(200))
        #expect(topology.chaosProfiles.first?.subscriptions == [name("worker")])
    }

    @Test func `an environment's constants hold in its topology`() throws {
        let compilation = compile(["shop.weir": Self.everything])
        let staging = try #require(compilation.graph(environment: "staging"))
        #expect(staging.topology.subscriptions.first?.lock?.lease == .seconds(90))
    }

    @Test func `a declaration is said to be unenforced once, not with each of its settings`() {
        let compilation = compile(["shop.weir": Self.everything])
        let ids = compilation.unenforced.map(\.id)
        // What a bus enforces is asked of the graph, when it is known whether one is attached.
        #expect(ids == ["audits"])
    }

    @Test func `events of other packages are found by alias and by full name`() throws {
        let compilation = compile([
            "a.weir": "package shop.events\nevent order.placed {\n  field id text\n}\n",
            "b.weir": """
            package shop.bus
            use shop.events as all
            exchange one {
              carries all.order.placed
            }
            exchange two {
              carries shop.events.order.placed
            }

            """,
        ])
        #expect(compilation.listing == "")
        let carried = compilation.graph()?.topology.exchanges.map(\.carries)
        let name = QualifiedName(package: "shop.events", name: "order.placed")
        #expect(carried == [[name], [name]])
    }
}
