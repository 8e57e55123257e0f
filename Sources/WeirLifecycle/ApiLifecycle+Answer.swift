// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import WeirPolicy

extension ApiLifecycle {
    /// The answer of a version that was chosen.
    func answer(
        _ request: ApiRequest, _ rest: ArraySlice<Substring>, _ match: RouteTree<Route>.Match?,
        _ choice: Negotiator.Choice, consumer: String?, now: Instant
    ) -> ApiDecision {
        let version = versions[choice.index]
        let moments = match?.value.moments ?? version.moments
        let moment = moments.moment(at: now)
        // What most requests are: there is such a route, and nothing to say of its end or of who asks.
        if let match, !moment.phase.state.isPublicEnding, !knowsConsumers {
            return ApiDecision(
                outcome: .served(match.value.node.operation, parameters: match.parameters), matched: match.value,
                version: version.node.version, reason: choice.reason, state: moment.phase.state, fields: moment.fields)
        }
        let asked = Asked(request: request, rest: rest, version: choice.index, match: match, now: now)
        var fields = moment.fields
        var successor: String?
        if moment.phase.state.isPublicEnding {
            let links = links(asked, moment)
            fields.append(contentsOf: links.fields)
            successor = links.successor
        }
        if let control = cacheControl(moment.phase, choice, now) {
            fields.append(HTTPField(name: .cacheControl, value: control))
        }
        var outcome = ApiDecision.Outcome.discovery
        if let refusal = refusal(asked, moment.phase, moments.timeline, consumer) {
            fields.append(HTTPField(name: .contentType, value: ApiProblem.mediaType))
            if refusal.code == .brownout, let end = moment.phase.resumes {
                fields[.retryAfter] = String(end.secondsSince1970 - now.secondsSince1970)
            }
            if refusal.code == .wrongMethod { fields[.allow] = allowed(asked) }
            let hasEnd = moment.phase.state.isPublicEnding
            outcome = .refused(
                ApiProblem(
                    code: refusal.code, status: refusal.status, detail: refusal.detail,
                    instance: Self.instance(request), version: version.node.version, supported: moment.supported,
                    sunset: hasEnd ? moments.timeline.sunset : nil, successor: successor,
                    docs: match?.value.node.guide ?? version.node.guide))
        } else if let match {
            outcome = .served(match.value.node.operation, parameters: match.parameters)
        } else {
            fields[.allow] = allowed(asked)
        }
        return ApiDecision(
            outcome: outcome, matched: match?.value, version: version.node.version, reason: choice.reason,
            state: moment.phase.state, fields: fields)
    }

    /// What was asked of which version.
    private struct Asked {
        let request: ApiRequest
        let rest: ArraySlice<Substring>
        let version: Int
        let match: RouteTree<Route>.Match?
        let now: Instant
    }

    private func refusal(
        _ asked: Asked, _ phase: LifecycleTimeline.Phase, _ timeline: LifecycleTimeline, _ consumer: String?
    ) -> Refusal? {
        let version = versions[asked.version].node
        let name = version.version
        // A grace outlives the sunset of its version; a route that ends of its own is gone for all.
        let endedAlone = asked.match?.value.node.sunset.map { $0 <= asked.now } ?? false
        if phase.state == .sunset, endedAlone || !hasGrace(asked.version, consumer, asked.now) {
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
        let methods = versions[asked.version].routes.methods(asked.rest)
        if asked.request.method == "OPTIONS", asked.rest.isEmpty || !methods.isEmpty { return nil }
        guard methods.isEmpty else {
            return Refusal(
                code: .wrongMethod, status: 405,
                detail: "the path has \(methods.joined(separator: ", ")) in \(name)", version: name)
        }
        return Refusal(code: .unknownRoute, status: 404, detail: "\(name) has no such route", version: name)
    }

    /// The methods that a path answers to; `HEAD` where there is `GET`, and `OPTIONS` always.
    private func allowed(_ asked: Asked) -> String {
        let methods = versions[asked.version].routes.methods(asked.rest)
        return (methods + ["OPTIONS"]).joined(separator: ", ")
    }

    /// A brownout must not outlive itself in a cache; what depends on the consumer must not be shared.
    private func cacheControl(_ phase: LifecycleTimeline.Phase, _ choice: Negotiator.Choice, _ now: Instant) -> String?
    {
        if phase.state == .brownout { return "no-store" }
        guard knowsConsumers else { return nil }
        if phase.state == .sunset, versions[choice.index].node.grace.contains(where: { now < $0.until }) {
            return "private"
        }
        switch choice.reason {
        case .pinned: return "private"
        case .unspecified: return node.negotiation.pins.isEmpty ? nil : "private"
        default: return nil
        }
    }
}

extension ApiLifecycle {
    /// The links to what takes the place of a route or its version, and its name.
    private func links(_ asked: Asked, _ moment: MomentTable.Moment) -> (fields: HTTPFields, successor: String?) {
        var fields = HTTPFields()
        let successor = successor(asked)
        if let target = successor?.path {
            fields.append(HTTPField(name: .link, value: HeaderValues.link(target, "successor-version")))
        }
        if let target = latest(moment.latest, asked) {
            fields.append(HTTPField(name: .link, value: HeaderValues.link(target, "latest-version")))
        }
        return (fields, successor?.name)
    }

    /// What takes the place of a route or its version: its name, and its path where that can be asked for now.
    private func successor(_ asked: Asked) -> (name: String, path: String?)? {
        if let own = asked.match?.value.node.successor {
            var path: String? = own
            for (name, value) in asked.match?.parameters ?? [:] {
                path = path?.split(separator: "{\(name)}", omittingEmptySubsequences: false).joined(separator: value)
            }
            return (own, path?.utf8.contains(UInt8(ascii: "{")) == true ? nil : path)
        }
        guard let version = versions[asked.version].node.successor, let place = names.place(of: version) else {
            return nil
        }
        let other = versions[place]
        let lives =
            other.timeline.state(at: asked.now).isAlive && other.routes.match(asked.request.method, asked.rest) != nil
        return (version.description, lives ? shape.path(version, asked.rest) : nil)
    }

    private func latest(_ latest: ApiVersion?, _ asked: Asked) -> String? {
        guard let latest, latest != versions[asked.version].node.version, let place = names.place(of: latest),
            versions[place].routes.match(asked.request.method, asked.rest) != nil
        else { return nil }
        return shape.path(latest, asked.rest)
    }
}
