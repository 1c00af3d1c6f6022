// SPDX-License-Identifier: Apache-2.0

extension Int {
  /// The number with leading zeros, at least `width` digits.
  func padded(to width: Int) -> String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
  }
}

extension Double {
  /// A number that is not negative, rounded to six decimals, with every decimal written.
  var sixDecimals: String {
    let millionths = Int((self * 1_000_000).rounded())
    return "\(millionths / 1_000_000)." + (millionths % 1_000_000).padded(to: 6)
  }
}
