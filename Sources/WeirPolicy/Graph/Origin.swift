// SPDX-License-Identifier: Apache-2.0

/// Which layer of `environment ?? policy ?? extended policies ?? defaults ?? engine` gave a setting its value.
///
/// Indirect, because thousands of settings hold the same one.
public indirect enum Layer: Sendable, Hashable {
    /// A default of ours, as the language table prints it.
    case engine
    /// The `defaults` of a package.
    case defaults(package: String)
    /// A shared step.
    case shared(QualifiedName)
    /// A policy, its own or one it extends.
    case policy(QualifiedName)
    /// An environment's overlay.
    case environment(String)
}

/// Where one setting of a step comes from.
public struct SettingOrigin: Sendable, Hashable {
    /// The setting's words, as `weir explain` prints them: `wait`, `trip`, `up to … attempts`.
    public let setting: String
    /// The layer that won.
    public let layer: Layer
    /// Where it was written; nil for the engine's own default.
    public let place: SourcePlace?

    /// A setting, the layer that won, and its place.
    public init(setting: String, layer: Layer, place: SourcePlace?) {
        self.setting = setting
        self.layer = layer
        self.place = place
    }
}
