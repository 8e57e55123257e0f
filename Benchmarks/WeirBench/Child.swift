// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A whole process, timed by the kernel: wall time, processor time and its largest memory.
struct Child {
    let wallSeconds: Double
    let processorSeconds: Double
    let peakMegabytes: Double
    let status: Int32

    /// Runs a program with its output thrown away and waits for it; nil when it cannot be started.
    static func run(_ arguments: [String]) -> Child? {
        guard let program = arguments.first else { return nil }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { argv.forEach { free($0) } }
        var pid: pid_t = 0
        let start = Measure.now()
        guard posix_spawn(&pid, program, &actions, nil, &argv, environ) == 0 else { return nil }
        var status: Int32 = 0
        var usage = rusage()
        guard wait4(pid, &status, 0, &usage) == pid else { return nil }
        return Child(
            wallSeconds: Double(Measure.now() - start) / 1e9,
            processorSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            peakMegabytes: Double(usage.ru_maxrss) / 1024, status: (status >> 8) & 0xFF)
    }

    /// The run with the median wall time of several.
    static func median(of runs: Int = 5, _ arguments: [String]) -> Child? {
        let all = (0..<runs).compactMap { _ in run(arguments) }.sorted { $0.wallSeconds < $1.wallSeconds }
        return all.isEmpty ? nil : all[all.count / 2]
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}
