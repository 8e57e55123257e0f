// SPDX-License-Identifier: Apache-2.0

/// The colours of pictures: on white, and on black for readers whose screens are dark.
enum Palette {
    struct Colour {
        let light: String
        let dark: String
    }

    static let background = Colour(light: "#ffffff", dark: "#0d1117")
    static let surface = Colour(light: "#ffffff", dark: "#161b22")
    static let text = Colour(light: "#1f2328", dark: "#e6edf3")
    static let faint = Colour(light: "#59636e", dark: "#9198a1")
    static let line = Colour(light: "#8c959f", dark: "#6e7681")
    static let warning = Colour(light: "#bc4c00", dark: "#f0883e")

    /// The colour by which a kind of thing is known.
    static func accent(_ kind: Diagram.Kind) -> Colour {
        switch kind {
        case .service, .operation: Colour(light: "#0969da", dark: "#4493f8")
        case .external: Colour(light: "#59636e", dark: "#8b949e")
        case .policy: Colour(light: "#1a7f37", dark: "#3fb950")
        case .sharedStep, .subscription: Colour(light: "#8250df", dark: "#a371f7")
        case .event: Colour(light: "#9a6700", dark: "#d29922")
        case .exchange: Colour(light: "#bf3989", dark: "#db61a2")
        case .queue: Colour(light: "#1b7c83", dark: "#39c5cf")
        case .saga: Colour(light: "#953800", dark: "#ffa657")
        case .deadLetter: Colour(light: "#cf222e", dark: "#f85149")
        case .api, .version, .route: Colour(light: "#0a3069", dark: "#79c0ff")
        }
    }
}
