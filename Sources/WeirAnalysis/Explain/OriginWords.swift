// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// Where a value comes from, in words: the layer, and the place a person can open.
enum OriginWords {
    static func text(_ origin: SettingOrigin?, step: PipelineStep) -> String {
        guard let origin else { return step.place.map { "\($0.file):\($0.line)" } ?? "default" }
        let layer =
            switch origin.layer {
            case .engine: "default"
            case .defaults(let package): package.isEmpty ? "defaults" : "defaults of \(package)"
            case .shared(let name): "shared \(name.name)"
            case .policy(let name): "policy \(name.name)"
            case .environment(let name): "environment \(name)"
            }
        return origin.place.map { "\(layer), \($0.file):\($0.line)" } ?? layer
    }
}
