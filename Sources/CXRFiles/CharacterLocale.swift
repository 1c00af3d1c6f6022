// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The locale by which a library in C takes bytes for UTF-8; a program begins under ASCII.
@safe final class CharacterLocale {
  // Making one reads a file, too slow for every call.
  private let utf8 = unsafe newlocale(1 << LC_CTYPE, "C.UTF-8", nil)

  deinit { if let utf8 = unsafe utf8 { unsafe freelocale(utf8) } }

  /// Runs a call under the locale, on this thread alone.
  ///
  /// - Parameter call: The call of a library that looks at the locale.
  /// - Returns: What the call returns.
  func run<Result>(_ call: () -> Result) -> Result {
    guard let utf8 = unsafe utf8 else { return call() }
    let former = unsafe uselocale(utf8)
    defer { unsafe uselocale(former) }
    return call()
  }
}
