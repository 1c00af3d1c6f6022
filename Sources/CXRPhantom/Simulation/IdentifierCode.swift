// SPDX-License-Identifier: Apache-2.0

/// Turns consecutive numbers into scattered seven-digit codes, each once.
///
/// Multiplication by a number that shares no factor with 10,000,000 permutes the residues.
enum IdentifierCode {
  /// The number of codes.
  static let count = 10_000_000

  /// The code of a number in 0 ..< 10,000,000.
  static func scattered(_ number: Int) -> Int {
    precondition((0..<count).contains(number), "at most seven digits")
    return number * 6_180_339 % count
  }
}
