// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import WeirPolicy

extension ApiLifecycle {
    /// Adds the links to what takes the place of a route or its version.
    ///
    /// - Returns: the name of what takes its place; nil: nothing does.
    func addLinks(
        to fields: inout HTTPFields, _ asked: Asked, _ path: RequestPath, _ bytes: Span<UInt8>, _ question: Question
    ) -> String? {
        let states = question.stretch.states
        var name: String?
        if let own = asked.match?.value.node.successor {
            name = own
            if let target = filled(own, asked, bytes) {
                fields.append(HTTPField(name: .link, value: HeaderValues.link(target, "successor-version")))
            }
        } else if let place = versions[asked.choice.index].successor {
            name = versions[place].name
            if states[place].isAlive { link(to: place, "successor-version", asked, path, bytes, &fields) }
        }
        if let latest = question.stretch.latest, latest != asked.choice.index {
            link(to: latest, "latest-version", asked, path, bytes, &fields)
        }
        return name
    }

    /// Links to the same route of another version, where that has it.
    private func link(
        to place: Int, _ relation: String, _ asked: Asked, _ path: RequestPath, _ bytes: Span<UInt8>,
        _ fields: inout HTTPFields
    ) {
        guard let head = versions[place].head,
            versions[place].routes.has(asked.request.method, bytes, path, from: asked.rest)
        else { return }
        fields.append(
            HTTPField(name: .link, value: HeaderValues.link(head, bytes, path.range(from: asked.rest), relation)))
    }

    /// The address of a successor with the parameters of the path put into it; nil: it has others.
    private func filled(_ template: String, _ asked: Asked, _ bytes: Span<UInt8>) -> String? {
        guard template.utf8.contains(UInt8(ascii: "{")) else { return template }
        var text = template
        for (name, value) in asked.match?.parameters(bytes) ?? [:] {
            text = text.split(separator: "{\(name)}", omittingEmptySubsequences: false).joined(separator: value)
        }
        return text.utf8.contains(UInt8(ascii: "{")) ? nil : text
    }
}
