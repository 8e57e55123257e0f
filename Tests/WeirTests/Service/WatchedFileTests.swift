// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WeirResilience

@testable import Weir

/// Every way in which a file of a running service changes, from the change to the call that it changes.
@Suite(.serialized, .timeLimit(.minutes(1))) struct WatchedFileTests {
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// What the service runs from, below the directory.
        let folder: String
        let before: @Sendable (Folder) throws -> Void
        let make: @Sendable (Folder) throws -> Void

        init(
            _ description: String, folder: String = "",
            before: @escaping @Sendable (Folder) throws -> Void = { try $0.write("shop.weir", Folder.open) },
            make: @escaping @Sendable (Folder) throws -> Void
        ) {
            testDescription = description
            self.folder = folder
            self.before = before
            self.make = make
        }
    }

    /// A directory and what deployments and editors do in it.
    struct Folder: Sendable {
        static let open = PolicyDirectory.text(places: "10 calls")
        static let shut = PolicyDirectory.text(places: "0 calls")

        let path: String

        func at(_ name: String) -> String { path + "/" + name }

        func write(_ name: String, _ text: String, atomically: Bool = false) throws {
            let url = URL(filePath: at(name))
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url, options: atomically ? .atomic : [])
        }

        func rename(_ old: String, to new: String) throws {
            guard Foundation.rename(at(old), at(new)) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        }

        func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: at(name)) }

        func link(_ name: String, to target: String) throws {
            try FileManager.default.createSymbolicLink(atPath: at(name), withDestinationPath: target)
        }
    }

    static let changes = [
        Change("an atomic rename over the file") { try $0.write("shop.weir", Folder.shut, atomically: true) },
        Change("a write in place") { try $0.write("shop.weir", Folder.shut) },
        Change("vim: swap file, backup, new file") {
            try $0.write(".shop.weir.swp", "b0VIM")
            try $0.rename("shop.weir", to: "shop.weir~")
            try $0.write("shop.weir", Folder.shut)
            try $0.remove("shop.weir~")
            try $0.remove(".shop.weir.swp")
        },
        Change("emacs: lock link, backup, new file") {
            try $0.link(".#shop.weir", to: "someone@somewhere.1")
            try $0.rename("shop.weir", to: "shop.weir~")
            try $0.write("shop.weir", Folder.shut)
            try $0.remove(".#shop.weir")
        },
        Change(
            "the swap of a Kubernetes volume",
            before: {
                try $0.write("..1/shop.weir", Folder.open)
                try $0.link("..data", to: "..1")
                try $0.link("shop.weir", to: "..data/shop.weir")
            },
            make: {
                try $0.write("..2/shop.weir", Folder.shut)
                try $0.link("..data_tmp", to: "..2")
                try $0.rename("..data_tmp", to: "..data")
                try $0.remove("..1")
            }),
        Change("the file goes and comes back") {
            try $0.remove("shop.weir")
            try $0.write("shop.weir", Folder.shut)
        },
        Change(
            "the directory goes and comes back", folder: "etc/weir",
            before: { try $0.write("etc/weir/shop.weir", Folder.open) },
            make: {
                try $0.remove("etc")
                try $0.write("etc/weir/shop.weir", Folder.shut)
            }),
    ]

    @Test(arguments: changes)
    func `reaches the next call`(change: Change) async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "weir-\(UUID().uuidString)").path
        let folder = Folder(path: root)
        defer { try? FileManager.default.removeItem(atPath: root) }  // A leftover harms nobody.
        try change.before(folder)
        try await Serving.run(folder.at(change.folder)) { weir in
            let handle: OperationHandle<Int> = try weir.operation("payments.authorize")
            #expect(try await handle.run { 7 } == 7)
            let events = weir.events()
            try change.make(folder)
            #expect(await Serving.applied(events)?.generation == 2)
            let error = await #expect(throws: ResilienceError.self) { try await handle.run { 7 } }
            #expect(error?.code == .bulkheadFull)
            #expect(weir.status().rejection == nil)
        }
    }

    @Test func `a file or directory that stays away leaves the last graph in force until it is back`() async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "weir-\(UUID().uuidString)").path
        let folder = Folder(path: root)
        defer { try? FileManager.default.removeItem(atPath: root) }  // A leftover harms nobody.
        try folder.write("etc/shop.weir", Folder.open)
        try await Serving.run(folder.at("etc")) { weir in
            let handle: OperationHandle<Int> = try weir.operation("payments.authorize")
            let events = weir.events()
            let back = [("etc/shop.weir", PolicyDirectory.text(places: "5 calls")), ("etc", Folder.shut)]
            for (index, (gone, text)) in back.enumerated() {
                try folder.remove(gone)
                guard case .rejected = await Serving.report(events)?.outcome else {
                    Issue.record("without files there is nothing to put in force")
                    return
                }
                #expect(try await handle.run { 7 } == 7)
                try folder.write("etc/shop.weir", text)
                #expect(await Serving.applied(events)?.generation == index + 2)
            }
            await #expect(throws: ResilienceError.self) { try await handle.run { 7 } }
        }
    }
}
