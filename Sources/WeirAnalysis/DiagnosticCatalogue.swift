// SPDX-License-Identifier: Apache-2.0

import WeirCompiler
public import WeirSyntax

/// Every finding there is, for `weir explain S003` and the reference page.
public enum DiagnosticCatalogue {
    /// All findings by code.
    public static let all: [DiagnosticID] = [
        .unexpectedWord,
        .expectedValue,
        .bareNumber,
        .spaceInUnit,
        .unclosedBlock,
        .unclosedString,
        .unknownKeyword,
        .repeatedSetting,
        .badDate,
        .yamlShape,
        .unreadableFile,
        .limitExceeded,
        .outOfBounds,
        .malformedValue,
        .unformattedFile,
        .formatterFault,
        .unconvertedFile,
        .converterFault,
        .unknownName,
        .duplicateName,
        .wrongKind,
        .extendsCycle,
        .unplacedStep,
        .removedMissingStep,
        .unusedPolicy,
        .unusedShared,
        .unusedLet,
        .unusedUse,
        .useCycle,
        .misplacedPackage,
        .repeatedStep,
        .settingsOnReference,
        .renamedTwice,
        .incompleteSetting,
        .deadlineNotOutermost,
        .endlessRetry,
        .filterTypeMismatch,
        .incompleteDeclaration,
        .unusablePattern,
        .reservedField,
        .notCarried,
        .testAssertsNothing,
        .sunsetWithoutDeprecation,
        .supportWindowTooShort,
        .deprecatedDefault,
        .successorCycle,
        .successorDiesFirst,
        .unknownVersion,
        .datesOutOfOrder,
        .publishedDateMoved,
        .unpublishedDate,
        .unreadablePublishedDates,
        .successorNotReady,
        .notEnforced,
    ].sorted { $0.code < $1.code }

    /// The finding of a code, a path or a name: `S003`, `syntax/bare-number`, `bare-number`.
    public static func find(_ text: String) -> DiagnosticID? {
        all.first { $0.code == text.uppercased() || $0.path == text || $0.name == text }
    }
}
