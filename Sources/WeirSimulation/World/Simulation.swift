// SPDX-License-Identifier: Apache-2.0

public import WeirCompiler
import WeirEvents
public import WeirPolicy
import WeirResilience

/// One story in virtual time: calls made into a policy graph, over the state machines that run in services.
///
/// A queue of events is all that moves it, so it takes no real time, and equal seeds give equal stories. One instance plays
/// one story.
public final class Simulation {
    /// A question about breakers, asked at a moment or at the end.
    struct Question {
        let breaker: QualifiedName
        let at: VirtualTime?
    }

    let graph: PolicyGraph
    let limits: SimulationLimits
    let upstreams: Upstreams
    let pipelines: Pipelines
    let recorder: StepRecorder
    let grants: GrantBox
    var queue = EventQueue<Occurrence>()
    var now = VirtualTime.zero
    var live: [Int: LogicalCall] = [:]
    var story = Story()
    /// Where events go.
    let router: EventRouter
    /// The subscriptions by name.
    var consumers: [QualifiedName: ConsumerState]
    /// How many events each queue handed out, where several subscriptions take turns.
    var turns: [QualifiedName: Int] = [:]
    var publications: [TestCase.Publication] = []
    /// What the waits of redeliveries are spread with.
    let random: EngineRandom
    private var callCount = 0
    /// The copies of events so far.
    var copyCount: UInt64 = 0
    private var stimuli: [TestCase.Stimulus] = []
    private var questions: [Question] = []

    /// A story over a graph whose operations behave as given.
    /// - Parameter seed: what the jitter of retries and breakers is drawn from.
    public init(
        graph: PolicyGraph, given: [TestCase.Given] = [], seed: UInt64,
        limits: SimulationLimits = SimulationLimits()
    ) {
        self.graph = graph
        self.limits = limits
        upstreams = Upstreams(graph: graph, given: given)
        recorder = StepRecorder()
        grants = GrantBox()
        let engine = Engine(
            clock: .manual(ManualClock(now: 0)), random: EngineRandom(seed: seed), observer: recorder)
        pipelines = Pipelines(graph: graph, engine: engine)
        router = EventRouter(graph.topology)
        consumers = Dictionary(
            graph.topology.subscriptions.map { ($0.name, ConsumerState($0, graph: graph)) }
        ) { first, _ in first }
        random = EngineRandom(seed: ~seed)
        story.notes = pipelines.notes
    }

    /// Adds calls that the test makes.
    public func add(_ stimulus: TestCase.Stimulus) {
        let index = stimuli.count
        stimuli.append(stimulus)
        if stimulus.calls > 0 { schedule(.stimulus(index, 0), at: VirtualTime(stimulus.from)) }
    }

    /// Asks where a breaker stands at a moment, or at the end; the readings have the returned number.
    func ask(_ question: Question) -> Int {
        questions.append(question)
        let index = questions.count - 1
        if let at = question.at { schedule(.question(index), at: at, rank: 1) }
        return index
    }

    /// Plays the story to its end or to one of the limits.
    public func run() -> Story {
        var events = 0
        while let (time, event) = queue.next() {
            events += 1
            guard events <= limits.mostEvents else {
                return finish("it was stopped at \(VirtualTime(nanoseconds: time)) after \(limits.mostEvents) events")
            }
            guard time <= VirtualTime(limits.longestStory).nanoseconds else {
                return finish("it goes on for longer than \(limits.longestStory.weirText)")
            }
            if isStale(event) { continue }
            now = VirtualTime(nanoseconds: time)
            handle(event)
            if let problem = story.problem { return finish(problem) }
        }
        return finish(nil)
    }

    private func finish(_ problem: String?) -> Story {
        story.problem = problem
        story.end = now
        for (index, question) in questions.enumerated() where question.at == nil { read(index, question) }
        story.calls.sort { $0.number < $1.number }
        return story
    }

    private func handle(_ event: Occurrence) {
        switch event {
        case .stimulus(let index, let count): stimulate(index, count)
        case .question(let index): read(index, questions[index])
        case .publish(let index): publish(index)
        case .redeliver(let delivery): redeliver(delivery)
        case .resume(let subscription): handleNext(at: subscription)
        case .wake(let number, _, let wake):
            guard let call = live[number] else { return }
            resume(call, wake)
        }
        deliverGrants()
    }

    /// Whether the call has gone on without waiting for this.
    private func isStale(_ event: Occurrence) -> Bool {
        guard case .wake(let number, let pause, _) = event else { return false }
        return live[number]?.pause != pause
    }

    private func stimulate(_ index: Int, _ count: Int) {
        let stimulus = stimuli[index]
        if count + 1 < stimulus.calls {
            let next = VirtualTime(stimulus.from) + VirtualTime(stimulus.every) * (count + 1)
            schedule(.stimulus(index, count + 1), at: next)
        }
        call(stimulus.operation, using: nil, from: nil)
    }

    private func read(_ index: Int, _ question: Question) {
        story.readings[index] = pipelines.breakers(of: question.breaker, in: graph, at: now)
    }

    func schedule(_ event: Occurrence, at time: VirtualTime, rank: UInt8 = 0) {
        guard time != .never else { return }
        queue.schedule(event, at: time.nanoseconds, rank: rank)
    }

    /// Arranges for the call to go on at a time, unless something else makes it go on before.
    func wake(_ call: LogicalCall, _ wake: Occurrence.Wake, at time: VirtualTime) {
        schedule(.wake(call.number, call.pause, wake), at: time)
    }

    func nextCallNumber() -> Int {
        callCount += 1
        return callCount
    }

    func trace(_ call: LogicalCall, _ event: TraceEntry.Event) {
        guard story.trace.count < limits.longestTrace else {
            story.untraced += 1
            return
        }
        story.trace.append(TraceEntry(at: now, call: call.number, operation: call.operation, event: event))
    }
}

/// What the queue of a story holds.
enum Occurrence {
    /// The test makes its next call of one kind.
    case stimulus(Int, Int)
    /// Somebody wants to know where a breaker stands.
    case question(Int)
    /// The test publishes an event.
    case publish(Int)
    /// The wait of an event is over.
    case redeliver(EventDelivery)
    /// A subscription takes events again.
    case resume(QualifiedName)
    /// A call goes on after one of its pauses.
    case wake(Int, Int, Wake)

    /// Why a call goes on.
    enum Wake {
        /// The operation has answered.
        case answer(CallOutcome)
        /// A call that the operation made has been answered.
        case childAnswered(Bool)
        /// The time of the attempt is over.
        case attemptOver
        /// A wait is over.
        case waitOver
        /// A place was granted.
        case granted
        /// The wait for a place is over.
        case queueOver
        /// The fallback has answered.
        case fallbackAnswered(Bool)
    }
}
