// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirExport

/// Whether pictures can be read on white and on black, by the contrast that WCAG 2 asks for.
@Suite struct PaletteTests {
    private struct Light {
        let red, green, blue: Double

        init(_ hex: String) {
            let value = Int(hex.dropFirst(), radix: 16) ?? 0
            (red, green, blue) = (Double(value >> 16 & 255), Double(value >> 8 & 255), Double(value & 255))
        }

        private init(_ red: Double, _ green: Double, _ blue: Double) {
            (self.red, self.green, self.blue) = (red, green, blue)
        }

        /// This colour with a part of another laid over it.
        func under(_ other: Light, _ share: Double) -> Light {
            let mix = { $0 * (1 - share) + $1 * share }
            return Light(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
        }

        private var luminance: Double {
            let parts = [red, green, blue].map { channel -> Double in
                let part = channel / 255
                return part <= 0.03928 ? part / 12.92 : Self.power((part + 0.055) / 1.055)
            }
            return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
        }

        /// The power 2.4, by its fifth root.
        private static func power(_ value: Double) -> Double {
            var root = value
            for _ in 0..<60 { root -= (root * root * root * root * root - value) / (5 * root * root * root * root) }
            let square = root * root
            return value * value * square
        }

        func contrast(_ other: Light) -> Double {
            let (one, two) = (luminance, other.luminance)
            return (max(one, two) + 0.05) / (min(one, two) + 0.05)
        }
    }

    @Test(arguments: ["light", "dark"]) func `text stands out from all that it stands on`(name: String) throws {
        let shade: KeyPath<Palette.Colour, String> = name == "dark" ? \.dark : \.light
        let light = { (colour: Palette.Colour) in Light(colour[keyPath: shade]) }
        let (page, surface) = (light(Palette.background), light(Palette.surface))
        let inks = [Palette.text, Palette.faint, Palette.warning] + Diagram.Kind.allCases.map { Palette.accent($0) }
        for ink in inks {
            #expect(light(ink).contrast(surface) >= 4.5, "\(name) \(ink)")
            #expect(light(ink).contrast(page) >= 4.5, "\(name) \(ink)")
        }
        // These are frames, whose names stand on their own colour.
        for kind in [Diagram.Kind.service, .external, .version, .saga] {
            let accent = light(Palette.accent(kind))
            let head = surface.under(accent, SVGStyle.headOpacity)
            #expect(accent.contrast(head) >= 4.5, "\(name) \(kind) \(accent.contrast(head))")
            #expect(
                light(Palette.faint).contrast(head) >= 4.5, "\(name) \(kind) \(light(Palette.faint).contrast(head))")
        }
        #expect(light(Palette.line).contrast(page) >= 3)
    }

    @Test func `a picture has both, and the dark one for those who ask for it`() {
        var diagram = Diagram(title: "A", summary: "")
        diagram.addNode("a", .policy, "a")
        let svg = diagram.text(.svg)
        #expect(svg.contains("@media (prefers-color-scheme:dark){\n.page{fill:\(Palette.background.dark)}"))
        #expect(svg.contains(".page{fill:\(Palette.background.light)}"))
    }
}
