// SPDX-License-Identifier: Apache-2.0

/// Plays a range of mutants in this process, and writes a line for each flaw: its number and what does not hold.
struct Worker: ~Copyable {
    /// A worker that found so many flaws gives up; the first ones say it all.
    static let mostFlaws = 5

    let subject: Subject
    let range: Range<UInt64>
    let texts: WeirMutants.Texts
    let counter: MutantCounter

    func work() async throws {
        let corpus = try Corpus(texts)
        let forms = subject.forms
        let reader = try await subject.make()
        var flaws = 0
        for number in range {
            counter.value = number
            let mutant = corpus.mutant(number, of: forms[Int(number % UInt64(forms.count))])
            let flaw: String?
            do { flaw = try await reader.flaw(mutant) } catch { flaw = "it throws: \(error)" }
            guard let flaw else { continue }
            print(number, flaw.replacing("\n", with: " "))
            flaws += 1
            if flaws == Self.mostFlaws { break }
        }
        if flaws < Self.mostFlaws { counter.value = range.upperBound }
    }
}
