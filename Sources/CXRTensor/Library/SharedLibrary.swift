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

  /// Loads a library and what it needs.
  ///
  /// A name that this program has too, such as `sgemm_` of its OpenBLAS, means the library's own to
  /// the library. Otherwise libtorch would multiply matrices with OpenBLAS, whose threads and its own
  /// take the processors from each other: with two of each on two cores, eight times the time.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - visibility: `RTLD_LOCAL`, or `RTLD_GLOBAL` if other libraries shall find its names.
  /// - Returns: The library, or `nil` if it cannot be loaded, for which there is a ``problem``.
  static func load(_ path: String, _ visibility: Int32) -> UnsafeMutableRawPointer? {
    // The address sanitizer refuses libraries that do not call its functions first.
    let isSanitized = unsafe dlsym(nil, "__asan_init") != nil
    return unsafe dlopen(path, RTLD_NOW | visibility | (isSanitized ? 0 : RTLD_DEEPBIND))
  }

  /// What the last attempt to load failed for.
  static var problem: String {
    unsafe dlerror().map { unsafe String(cString: $0) } ?? "no reason given"
  }
}
