// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// Of both forms every file without errors comes out in the other one and back, or is refused for a reason of its own.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzConverter(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: data, count: size))
    for (form, other) in [(SourceFile.Form.weir, SourceFile.Form.yaml), (.yaml, .weir)] {
        let text = convert(bytes, from: form, to: other)
        if let text, let back = convert(text, from: other, to: form) {
            precondition(convert(back, from: form, to: other) == text, "there and back is not the same")
        }
    }
    return 0
}

private func convert(_ bytes: [UInt8], from form: SourceFile.Form, to other: SourceFile.Form) -> [UInt8]? {
    let path = form == .weir ? "input.weir" : "input.weir.yaml"
    switch Converter.convert(SourceFile(path: path, form: form, bytes: bytes), to: other) {
    case .converted(let text): return text
    case .refused: return nil
    case .failed(let why): preconditionFailure(why.message)
    }
}
