// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import WeirPolicy

/// A request with the version that was chosen for it.
struct Asked {
    let request: ApiRequest
    /// Where among the segments of the path begins what follows base and version.
    let rest: Int
    let choice: Negotiator.Choice
    let match: RouteTree<ApiLifecycle.Route>.Match?
    let moment: MomentTable.Moment
}

extension ApiLifecycle {
    /// The answer of a version that was chosen.
    func answer(_ asked: Asked, _ path: RequestPath, _ bytes: Span<UInt8>, _ question: Question) -> ApiDecision {
        let (version, moment) = (versions[asked.choice.index], asked.moment)
        let state = moment.phase.state
        var fields = moment.fields
        var successor: String?
        if moment.isPublicEnding { successor = addLinks(to: &fields, asked, path, bytes, question) }
        if let control = cacheControl(moment.phase, asked.choice, question.now) {
            fields.append(HTTPField(name: .cacheControl, value: control))
        }
        let timeline = asked.match?.value.moments?.timeline ?? version.timeline
        var kind = ApiDecision.Kind.discovery
        if let refusal = refusal(asked, path, bytes, timeline, question) {
            fields.append(HTTPField(name: .contentType, value: ApiProblem.mediaType))
            if refusal.code == .brownout, let end = moment.phase.resumes {
                fields[.retryAfter] = String(end.secondsSince1970 - question.now.secondsSince1970)
            }
            if refusal.code == .wrongMethod { fields[.allow] = allowed(asked, path, bytes) }
            kind = .refused(
                ApiProblem.Box(
                    ApiProblem(
                        code: refusal.code, status: refusal.status, detail: refusal.detail,
                        instance: Self.instance(asked.request), version: version.node.version,
                        supported: question.stretch.supported, sunset: moment.isPublicEnding ? timeline.sunset : nil,
                        successor: successor, docs: asked.match?.value.node.guide ?? version.node.guide)))
        } else if asked.match != nil {
            kind = .served
        } else {
            fields[.allow] = allowed(asked, path, bytes)
        }
        return ApiDecision(
            kind, fields, matched: asked.match?.value, parameters: asked.match?.parameters(bytes) ?? [:],
            chosen: version, why: asked.choice.why, consumer: question.consumer, state: state)
    }

    private func refusal(
        _ asked: Asked, _ path: RequestPath, _ bytes: Span<UInt8>, _ timeline: LifecycleTimeline, _ question: Question
    ) -> Refusal? {
        let (place, now, phase) = (asked.choice.index, question.now, asked.moment.phase)
        let name = versions[place].node.version
        // A grace outlives the sunset of its version; a route that ends of its own is gone for all.
        let endedAlone = asked.match?.value.node.sunset.map { $0 <= now } ?? false
        if phase.state == .sunset, endedAlone || !hasGrace(place, question.consumer, now) {
            let since = timeline.sunset.map { " since \($0)" } ?? ""
            return Refusal(
                code: .sunset, status: phase.status ?? ApiVersionNode.defaultGoneStatus,
                detail: "\(name) is switched off\(since)", version: name)
        }
        if phase.state == .brownout {
            let end = phase.resumes.map { " until \($0)" } ?? ""
            return Refusal(
                code: .brownout, status: phase.status ?? ApiVersionNode.defaultGoneStatus,
                detail: "\(name) is switched off\(end), as a reminder of its sunset", version: name)
        }
        guard asked.match == nil else { return nil }
        let methods = methods(asked, path, bytes)
        let isWhole = asked.rest == path.count
        if asked.request.method == "OPTIONS", isWhole || !methods.isEmpty { return nil }
        guard methods.isEmpty else {
            return Refusal(
                code: .wrongMethod, status: 405,
                detail: "the path has \(methods.joined(separator: ", ")) in \(name)", version: name)
        }
        return Refusal(code: .unknownRoute, status: 404, detail: "\(name) has no such route", version: name)
    }

    private func methods(_ asked: Asked, _ path: RequestPath, _ bytes: Span<UInt8>) -> [String] {
        versions[asked.choice.index].routes.methods(bytes, path, from: asked.rest)
    }

    /// The methods that a path answers to; `HEAD` where there is `GET`, and `OPTIONS` always.
    private func allowed(_ asked: Asked, _ path: RequestPath, _ bytes: Span<UInt8>) -> String {
        (methods(asked, path, bytes) + ["OPTIONS"]).joined(separator: ", ")
    }

    /// A brownout must not outlive itself in a cache; what depends on the consumer must not be shared.
    private func cacheControl(
        _ phase: LifecycleTimeline.Phase, _ choice: Negotiator.Choice, _ now: Instant
    ) -> String? {
        if phase.state == .brownout { return "no-store" }
        guard knowsConsumers else { return nil }
        if choice.isPersonal || (phase.state == .sunset && hasGrace(choice.index, at: now)) { return "private" }
        switch choice.why {
        case .pinned: return "private"
        case .unspecified: return node.negotiation.pins.isEmpty ? nil : "private"
        default: return nil
        }
    }
}
