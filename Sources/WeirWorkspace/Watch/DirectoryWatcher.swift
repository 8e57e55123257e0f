// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Watches the policy files of a workspace from a thread of its own and tells when they may have changed.
///
/// Directories are watched, not files, so that a rename over a file, a Kubernetes `..data` swap and a directory that is
/// deleted and comes back are seen like a write. Changes in quick succession are one notice. A slow look through the tree
/// finds what the kernel does not tell, as on network file systems. A changed `weir.yaml` holds from the next notice on.
public final class DirectoryWatcher: Sendable {
    /// The notices; at most one waits, since one says all that many would. Ends when the watcher has stopped.
    public let notices: AsyncStream<WatchNotice>

    private let signal: StopSignal

    /// Starts to watch; changes from this call on are told.
    /// - Throws: ``FileError`` when the system gives no thread or file for it. A system that gives no notices is no
    ///   error: the slow poll goes on and the notices say so.
    public convenience init(_ root: WorkspaceRoot) throws(FileError) {
        try self.init(root) { () throws(FileError) in try Inotify() }
    }

    init(
        _ root: WorkspaceRoot, from source: () throws(FileError) -> any DirectoryNotices
    ) throws(FileError) {
        let signal = try StopSignal()
        let (stream, continuation) = AsyncStream.makeStream(of: WatchNotice.self, bufferingPolicy: .bufferingNewest(1))
        self.signal = signal
        notices = stream
        // The plan is made here, not in the thread: a change right after this call must be seen.
        let loop = WatchLoop(root: root, stop: signal, from: source) { continuation.yield($0) }
        try WatchThread.start(loop) { continuation.finish() }
    }

    /// Ends the watch; the thread lets go of its files shortly after and ``notices`` ends. Does not wait.
    public func stop() { signal.raise() }

    deinit { signal.raise() }
}

/// A detached thread that runs one loop.
private final class WatchThread {
    private var loop: WatchLoop?
    private let end: () -> Void

    private init(_ loop: WatchLoop, end: @escaping () -> Void) {
        self.loop = loop
        self.end = end
    }

    static func start(_ loop: WatchLoop, end: @escaping () -> Void) throws(FileError) {
        let box = Unmanaged.passRetained(WatchThread(loop, end: end))
        var thread = pthread_t()
        let failure = pthread_create(&thread, nil, { WatchThread.body($0) }, box.toOpaque())
        guard failure == 0 else {
            box.release()
            throw FileError(path: "thread", number: failure)
        }
        pthread_detach(thread)
    }

    private static func body(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let argument else { return nil }
        let thread = Unmanaged<WatchThread>.fromOpaque(argument).takeRetainedValue()
        thread.loop?.run()
        thread.loop = nil
        thread.end()
        return nil
    }
}
