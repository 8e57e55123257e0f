// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

extension HTTPField.Name {
    static let deprecation = known("Deprecation")
    static let sunset = known("Sunset")
    static let link = known("Link")
    static let apiVersion = known("X-API-Version")
    static let supportedVersions = known("X-API-Supported-Versions")
    static let latestVersion = known("X-API-Latest-Version")

    private static func known(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("`\(text)` is not the name of a field") }
        return name
    }
}
