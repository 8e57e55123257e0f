// SPDX-License-Identifier: Apache-2.0

import Glibc
import WeirPolicy

/// What the watching thread does: waits for the kernel, the slow poll and the request to stop, one after the other.
struct WatchLoop {
    private let inotify: (any DirectoryNotices)?
    private let stop: StopSignal
    private let report: (WatchNotice) -> Void
    private var root: WorkspaceRoot
    private var plan: WatchPlan
    private var interests: [Int32: WatchPlan.Interest] = [:]
    private var debounce: ChangeDebounce
    private var cause = WatchNotice.Cause.event
    private var degraded: String?
    private var nextPoll = UInt64.max

    init(
        root: WorkspaceRoot, stop: StopSignal, from source: () throws(FileError) -> any DirectoryNotices,
        report: @escaping (WatchNotice) -> Void
    ) {
        self.root = root
        self.stop = stop
        self.report = report
        plan = WatchPlan(of: root)
        debounce = ChangeDebounce(quiet: UInt64(root.settings.debounce.nanosecondsClamped))
        do throws(FileError) {
            inotify = try source()
        } catch {
            inotify = nil
            degraded = "the kernel gives no notices: \(error.reason)"
        }
        watchAll()
    }

    /// Runs until it is asked to stop.
    mutating func run() {
        if nextPoll == .max { schedulePoll() }
        // Told at once, not with the first change, which may be seen late because of it.
        if degraded != nil { giveNotice() }
        while !waitIsOver() {
            if let inotify { take(inotify.events()) }
            let now = MonotonicTime.now()
            if now >= nextPoll { look(at: now) }
            if debounce.take(at: now) { giveNotice() }
        }
    }

    /// Waits for the next thing to do; true when asked to stop.
    private func waitIsOver() -> Bool {
        let now = MonotonicTime.now()
        let due = min(nextPoll, debounce.due ?? .max)
        // Rounded up, so that the wait never ends just before the time.
        let milliseconds = due <= now ? 0 : Int32(clamping: (due - now + 999_999) / 1_000_000)
        var sources = [pollfd(fd: stop.number, events: Int16(POLLIN), revents: 0)]
        if let inotify { sources.append(pollfd(fd: inotify.number, events: Int16(POLLIN), revents: 0)) }
        _ = poll(&sources, nfds_t(sources.count), milliseconds)
        return sources[0].revents != 0
    }

    private mutating func take(_ events: [Inotify.Event]) {
        var needsNotice = false, needsLook = false
        for event in events {
            if event.isOverflow {
                cause = .overflow
                needsLook = true
            } else if let interest = interests[event.watch] {
                if event.endsWatch { interests[event.watch] = nil }
                guard event.endsWatch || event.isAboutItself || interest.covers(event) else { continue }
                needsNotice = true
                needsLook = needsLook || event.mayMoveDirectories
            }
        }
        guard needsNotice || needsLook else { return }
        if needsLook { lookAgain() }
        debounce.note(at: MonotonicTime.now())
    }

    /// The slow look through the tree.
    private mutating func look(at now: UInt64) {
        let before = plan
        schedulePoll()
        lookAgain()
        guard !plan.isSame(as: before) else { return }
        if debounce.due == nil { cause = .poll }
        debounce.note(at: now)
    }

    private mutating func lookAgain() {
        root = root.again()
        debounce.quiet = UInt64(root.settings.debounce.nanosecondsClamped)
        watchAll()
    }

    /// Watches what is there, and again until nothing has been made before the watch on its parent was.
    private mutating func watchAll() {
        var watched: Set<Int32>?
        for _ in 0..<WorkspaceLimits.readAttempts {
            plan = WatchPlan(of: root)
            watch()
            let now = Set(interests.keys)
            if now == watched { return }
            watched = now
        }
        // The tree does not rest: look again soon instead of for ever.
        nextPoll = min(nextPoll, MonotonicTime.now() &+ debounce.quiet)
    }

    private mutating func schedulePoll() {
        nextPoll = MonotonicTime.now() &+ UInt64(root.settings.poll.nanosecondsClamped)
    }

    /// Brings the watches in line with the plan.
    private mutating func watch() {
        guard let inotify else { return }
        var wanted: [Int32: WatchPlan.Interest] = [:]
        degraded = nil
        for (path, interest) in plan.directories {
            guard wanted.count < WorkspaceLimits.watches else {
                degraded = "more than \(WorkspaceLimits.watches) directories"
                break
            }
            do throws(FileError) {
                let number = try inotify.watch(path)
                wanted[number, default: .init()].isInside = wanted[number]?.isInside ?? false || interest.isInside
                wanted[number, default: .init()].names.formUnion(interest.names)
            } catch {
                // A directory on the way that is not there yet is no fault; its nearest existing parent is watched.
                if error.number != ENOENT && error.number != ENOTDIR { degraded = "\(error)" }
            }
        }
        for number in interests.keys where wanted[number] == nil { inotify.forget(number) }
        interests = wanted
    }

    private mutating func giveNotice() {
        // What the next slow look compares with is at least as old as what the listener reads.
        lookAgain()
        report(WatchNotice(cause: cause, watchedDirectories: interests.count, degraded: degraded))
        cause = .event
    }
}
