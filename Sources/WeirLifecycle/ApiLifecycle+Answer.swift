// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import WeirPolicy

extension ApiLifecycle {
    /// The answer of a version that was chosen.
    func answer(
        _ request: ApiRequest, _ parts: PathShape.Parts, _ choice: Negotiator.Choice, consumer: String?, now: Instant
    ) -> ApiDecision {
        let version = versions[choice.index]
        let match = version.routes.match(request.method, parts.rest)
        let timeline = match?.value.timeline ?? version.timeline
        let phase = timeline.phase(at: now)
        let support = support.entry(at: now)
        var fields = support.fields
        fields[.apiVersion] = version.node.version.description
        fields.append(contentsOf: phase.fields)
        let successor = successor(of: match?.value.node, choice.index, request.method, parts.rest, now)
        if phase.state.isPublicEnding {
            if let target = successor?.path {
                fields.append(HTTPField(name: .link, value: HeaderValues.link(target, "successor-version")))
            }
            if let target = latest(support.latest, other: version.node.version, request.method, parts.rest) {
                fields.append(HTTPField(name: .link, value: HeaderValues.link(target, "latest-version")))
            }
        }
        let refusal = refusal(match == nil, phase, timeline, choice.index, consumer, request.method, parts.rest, now)
        if let control = cacheControl(phase, choice, now) { fields[.cacheControl] = control }
        var outcome = ApiDecision.Outcome.served(
            match?.value.node.operation ?? node.name, parameters: match?.parameters ?? [:])
        if let refusal {
            fields[.contentType] = ApiProblem.mediaType
            if refusal.code == .brownout, let end = phase.resumes {
                fields[.retryAfter] = String(end.secondsSince1970 - now.secondsSince1970)
            }
            if refusal.code == .wrongMethod {
                fields[.allow] = version.routes.methods(parts.rest).joined(separator: ", ")
            }
            outcome = .refused(
                ApiProblem(
                    code: refusal.code, status: refusal.status, detail: refusal.detail,
                    instance: Self.instance(request), version: version.node.version, supported: support.supported,
                    sunset: phase.state.isPublicEnding ? timeline.sunset : nil,
                    successor: phase.state.isPublicEnding ? successor?.name : nil,
                    docs: match?.value.node.guide ?? version.node.guide))
        }
        return ApiDecision(
            outcome: outcome, version: version.node.version, reason: choice.reason, state: phase.state, fields: fields)
    }

    private func refusal(
        _ isUnknown: Bool, _ phase: LifecycleTimeline.Phase, _ timeline: LifecycleTimeline, _ index: Int,
        _ consumer: String?, _ method: String, _ rest: ArraySlice<Substring>, _ now: Instant
    ) -> Refusal? {
        let name = versions[index].node.version
        if phase.state == .sunset, !hasGrace(index, consumer, now) {
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
        guard isUnknown else { return nil }
        let methods = versions[index].routes.methods(rest)
        guard methods.isEmpty else {
            return Refusal(
                code: .wrongMethod, status: 405,
                detail: "the path has \(methods.joined(separator: ", ")) in \(name)", version: name)
        }
        return Refusal(code: .unknownRoute, status: 404, detail: "\(name) has no such route", version: name)
    }

    /// A brownout must not outlive itself in a cache; what depends on the consumer must not be shared.
    private func cacheControl(_ phase: LifecycleTimeline.Phase, _ choice: Negotiator.Choice, _ now: Instant) -> String? {
        if phase.state == .brownout { return "no-store" }
        let isGraced =
            phase.state == .sunset && versions[choice.index].node.grace.contains { now < $0.until }
        let isPinned = !node.negotiation.pins.isEmpty
        switch choice.reason {
        case .pinned: return "private"
        case .unspecified where isPinned: return "private"
        default: return isGraced ? "private" : nil
        }
    }

    /// What takes the place of a route or its version: its name, and its path where that can be asked for now.
    private func successor(
        of route: ApiRouteNode?, _ index: Int, _ method: String, _ rest: ArraySlice<Substring>, _ now: Instant
    ) -> (name: String, path: String?)? {
        if let own = route?.successor { return (own, own.contains("{") ? nil : own) }
        guard let version = versions[index].node.successor,
            let other = versions.first(where: { $0.node.version == version })
        else { return nil }
        let lives = other.timeline.state(at: now).isAlive && other.routes.match(method, rest) != nil
        return (version.description, lives ? shape.path(version, rest) : nil)
    }

    private func latest(
        _ latest: ApiVersion?, other version: ApiVersion, _ method: String, _ rest: ArraySlice<Substring>
    ) -> String? {
        guard let latest, latest != version, let newest = versions.first(where: { $0.node.version == latest }),
            newest.routes.match(method, rest) != nil
        else { return nil }
        return shape.path(latest, rest)
    }
}
