// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Where this program's own shared libraries lie.
enum SharedLibrary {
  /// The file of a library beside the program, as it is built, or in `lib` beside its folder, as
  /// programs are installed; `nil` if there is none.
  static func path(of name: String) -> String? {
    var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe readlink("/proc/self/exe", &bytes, bytes.count)
    let program = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    let folder = program.prefix(upTo: program.lastIndex(of: "/") ?? program.startIndex)
    return ["\(folder)/\(name)", "\(folder)/../lib/\(name)"]
      .first { unsafe access($0, F_OK) == 0 }
  }

  /// What the last attempt to load failed for.
  static var problem: String {
    unsafe dlerror().map { unsafe String(cString: $0) } ?? "no reason given"
  }
}
