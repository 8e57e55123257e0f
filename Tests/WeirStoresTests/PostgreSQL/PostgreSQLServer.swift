// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A server of PostgreSQL of the tests' own: in a folder of its own, reached by a socket in it, run by a user without rights.
///
/// It ends with the process of the tests, however that ends: a shell waits for that, which holds nothing of the process.
final class PostgreSQLServer: Sendable {
    struct Failed: Error, CustomStringConvertible { let description: String }

    /// The one server of this process, started by the first who asks.
    static let shared = Result { try PostgreSQLServer() }

    private let folder: String

    private init() throws {
        folder = NSTemporaryDirectory() + "weir-postgres-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let script = """
            set -eu
            bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
            run=
            if [ "$(id -u)" -eq 0 ]; then
                chown nobody "$0"
                run="setpriv --reuid=nobody --regid=nogroup --clear-groups"
            fi
            cd "$0"
            $run "$bin/initdb" --no-sync --auth=trust --username=weir --encoding=UTF8 --locale=C -D data >log 2>&1
            $run "$bin/postgres" -D data -k "$0" -c listen_addresses= -c fsync=off >>log 2>&1 </dev/null &
            server=$!
            trap 'kill -INT $server 2>/dev/null; wait $server; rm -rf "$0"' EXIT
            "$1" "$2"
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script, folder, Self.awaitEnd, "\(ProcessInfo.processInfo.processIdentifier)"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        try waitForSocket(process)
    }

    private static let awaitEnd =
        #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined() + "/scripts/await-end"

    private func waitForSocket(_ process: Process) throws {
        for _ in 0..<600 {
            if FileManager.default.fileExists(atPath: folder + "/.s.PGSQL.5432"), isReady { return }
            guard process.isRunning else { break }
            usleep(50_000)
        }
        let log = (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? "it said nothing"
        throw Failed(description: "PostgreSQL did not start: \(log.suffix(2000))")
    }

    private var isReady: Bool {
        let log = (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? ""
        return log.contains("ready to accept connections")
    }

    /// The connection string of a schema of its own.
    func connection(schema: String) -> String {
        "host=\(folder) user=weir dbname=postgres options='-c search_path=\(schema)'"
    }

    /// The connection string of the database as a whole.
    var connection: String { "host=\(folder) user=weir dbname=postgres" }
}
