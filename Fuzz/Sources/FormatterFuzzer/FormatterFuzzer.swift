// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// What the formatter prints it leaves alone the next time, and it never has to refuse its own work.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFormatter(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: data, count: size))
    switch Formatter.format(SourceFile(path: "input.weir", form: .weir, bytes: bytes)) {
    case .unchanged: break
    case .refused(let why): precondition(why.id == .unformattedFile, why.message)
    case .changed(let text):
        let again = Formatter.format(SourceFile(path: "input.weir", form: .weir, bytes: text))
        precondition(again == .unchanged, "formatting twice is not formatting once")
    }
    return 0
}
