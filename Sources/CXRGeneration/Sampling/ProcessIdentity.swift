// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// What identifies a process among all those that may work on a catalog, as `cxr` claims work by it.
///
/// The text names the boot of the machine, the namespace that numbers its processes, the number of
/// the process and when it began, so that a number which is used again is not taken for the former
/// process, and a process on another machine is never taken for a dead one.
enum ProcessIdentity {
  /// What identifies this process.
  static func current() -> String {
    let number = Int(ProcessInfo.processInfo.processIdentifier)
    return [machine, String(number), start(of: number) ?? "0"].joined(separator: "/")
  }

  /// Whether a process is known to live no more.
  ///
  /// - Parameter identity: What identifies it; more after a further slash is no matter.
  /// - Returns: `false` for one that lives, and for one of which nothing can be known here.
  static func isGone(_ identity: String) -> Bool {
    let parts = identity.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 4, parts[0...1].joined(separator: "/") == machine,
      let number = Int(parts[2])
    else { return false }
    return start(of: number) != parts[3]
  }

  /// The boot of this machine and the namespace of process numbers.
  private static let machine: String = {
    let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    let namespace = try? FileManager.default.destinationOfSymbolicLink(
      atPath: "/proc/self/ns/pid")
    // The namespace is spelt `pid:[4026531836]`; the names of files take no brackets everywhere.
    return [boot ?? "unknown", namespace?.filter(\.isNumber) ?? "unknown"].map {
      $0.filter { $0.isLetter || $0.isNumber || $0 == "-" }
    }.joined(separator: "/")
  }()

  /// When a process began, in ticks since the boot; `nil` if there is none of the number, or it has
  /// ended and waits to be collected.
  private static func start(of number: Int) -> String? {
    guard let status = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8),
      let name = status.lastIndex(of: ")")
    else { return nil }
    // After the name in brackets, which may hold anything: field 3, the state, and so on.
    let fields = status[status.index(after: name)...].split(separator: " ")
    guard fields.count > 19, !["Z", "X"].contains(fields[0]) else { return nil }
    return String(fields[19])
  }
}
