// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Collects what had another name before, from the `was` of declarations.
struct RenameStage {
    let names: NameResolver

    /// The renames of all packages; a former name that is still declared, or claimed twice, is reported.
    func run() -> [Rename] {
        var found: [Rename] = []
        var claims: [Rename.Claim: Declared] = [:]
        for package in names.workspace.packages {
            for (kind, name, declared) in package.declared {
                guard let value = declared.statement.value(.was), !value.isDamaged else { continue }
                let new = package.name(name)
                let rename = Rename(kind: kind, old: former(value.text, of: new, kind), new: new)
                let claim = Rename.Claim(kind: kind, old: rename.old)
                if let still = declaration(kind, rename.old) {
                    report(value, declared, "`\(value.text)` is still declared", still)
                } else if let other = claims[claim] {
                    report(value, declared, "`\(value.text)` was renamed twice", other)
                } else {
                    claims[claim] = declared
                    found.append(rename)
                }
            }
        }
        return found
    }

    /// A name without its package is one of the same package; an operation's without its service of the same service.
    private func former(_ path: String, of new: QualifiedName, _ kind: Rename.Kind) -> QualifiedName {
        let parts = path.split(separator: ".").map(String.init)
        guard kind == .operation else {
            guard parts.count > 1 else { return QualifiedName(package: new.package, name: path) }
            return QualifiedName(package: parts.dropLast().joined(separator: "."), name: parts[parts.count - 1])
        }
        if parts.count == 1, let service = new.name.split(separator: ".").first {
            return QualifiedName(package: new.package, name: "\(service).\(path)")
        }
        let name = parts.suffix(2).joined(separator: ".")
        return QualifiedName(
            package: parts.count > 2 ? parts.dropLast(2).joined(separator: ".") : new.package, name: name)
    }

    private func declaration(_ kind: Rename.Kind, _ name: QualifiedName) -> Declared? {
        guard let number = names.workspace.packageNumbers[name.package] else { return nil }
        return names.workspace.packages[number].declared.first { $0.kind == kind && $0.name == name.name }?.declared
    }

    private func report(_ value: Value, _ declared: Declared, _ message: String, _ other: Declared) {
        let files = names.workspace.files
        names.findings.report(
            Diagnostic(
                .renamedTwice, message,
                at: files.label(value.range, in: declared.file, "given as a former name"),
                secondary: [files.label(other.nameRange, in: other.file, "here")],
                helps: [Diagnostic.Help("a former name belongs to one thing, which replaces it")]))
    }
}

extension Rename {
    /// A former name that somebody claims.
    fileprivate struct Claim: Hashable {
        let kind: Kind
        let old: QualifiedName
    }
}

extension Package {
    /// Everything of it that may have had another name.
    fileprivate var declared: [(kind: Rename.Kind, name: String, declared: Declared)] {
        var all: [(kind: Rename.Kind, name: String, declared: Declared)] = []
        func add(_ kind: Rename.Kind, _ table: [String: Declared]) {
            for (name, declared) in table.sorted(by: { $0.key < $1.key }) { all.append((kind, name, declared)) }
        }
        add(.policy, policies)
        add(.service, services)
        add(.operation, operations)
        add(.breaker, shared[.breaker, default: [:]])
        add(.bulkhead, shared[.bulkhead, default: [:]])
        add(.limit, shared[.limit, default: [:]])
        add(.retry, shared[.retry, default: [:]])
        add(.budget, budgets)
        return all
    }
}
