// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// Reading text: the lexer, both forms to their trees, each beside libyaml's bare events over the same policies.
enum TextBench {
    static func run(_ report: inout Report) {
        let corpus = Corpus(policies: 10_000, files: 100)
        let weir = corpus.files.map { SourceFile(path: $0.path + ".weir", form: .weir, text: $0.weir) }
        let yaml = corpus.files.map { SourceFile(path: $0.path + ".weir.yaml", form: .yaml, text: $0.yaml) }
        let weirMegabytes = Double(corpus.weirBytes) / 1e6, yamlMegabytes = Double(corpus.yamlBytes) / 1e6
        report.title("text (\(Report.rounded(weirMegabytes)) MB of .weir, \(Report.rounded(yamlMegabytes)) MB of twin)")

        let (bare, parsed) = Measure.medians {
            for file in yaml { keep(BareYAML.countEvents(file.bytes)) }
        } _: {
            for file in weir { keep(SyntaxTree.parse(file)) }
        }
        let bareSpeed = yamlMegabytes / bare * 1e9, parseSpeed = weirMegabytes / parsed * 1e9
        report.row("libyaml, bare events (baseline)", bareSpeed, "MB/s")
        report.row(".weir to lossless tree", parseSpeed, "MB/s")
        report.row(".weir to tree, times libyaml's bytes per second", parseSpeed / bareSpeed, "x", .atLeast(2.5))

        let (bareBeside, lexed) = Measure.medians {
            for file in yaml { keep(BareYAML.countEvents(file.bytes)) }
        } _: {
            for file in weir { keep(Lexer.tokens(of: file.bytes)) }
        }
        let lexSpeed = weirMegabytes / lexed * 1e9
        report.row(".weir to tokens", lexSpeed, "MB/s")
        report.row(
            "lexer alone, times libyaml's bytes per second", lexSpeed / (yamlMegabytes / bareBeside * 1e9), "x",
            .atLeast(8))

        let (bareAgain, read) = Measure.medians {
            for file in yaml { keep(BareYAML.countEvents(file.bytes)) }
        } _: {
            for file in yaml { keep(SyntaxTree.parse(file)) }
        }
        report.row("YAML to the same tree, times bare events", read / bareAgain, "x", .atMost(2))
    }
}
