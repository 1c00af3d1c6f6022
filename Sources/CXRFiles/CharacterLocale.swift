// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The locale by which libraries in C take text for characters.
enum CharacterLocale {
  /// Runs a call under UTF-8, on this thread alone; a program begins under ASCII.
  ///
  /// - Parameter call: The call of a library that looks at the locale.
  /// - Returns: What the call returns.
  static func utf8<Result>(_ call: () -> Result) -> Result {
    guard let utf8 = unsafe newlocale(1 << LC_CTYPE, "C.UTF-8", nil) else { return call() }
    let former = unsafe uselocale(utf8)
    defer {
      unsafe uselocale(former)
      unsafe freelocale(utf8)
    }
    return call()
  }
}
