// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// Whatever the bytes are, tokens stand in order, inside of the text, and the last one ends it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzLexer(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: data, count: size))
    var end = 0
    for token in Lexer.tokens(of: bytes) {
        precondition(Int(token.start) >= end, "tokens overlap")
        end = token.end
        precondition(end <= size, "a token ends behind the text")
    }
    return 0
}
