// SPDX-License-Identifier: Apache-2.0

extension Double {
  /// Whether two numbers agree within an absolute tolerance; NaN is close to NaN only.
  ///
  /// - Parameters:
  ///   - other: The expected number.
  ///   - tolerance: The largest difference allowed, not negative.
  /// - Returns: `true` when they agree.
  public func isClose(to other: Double, absolute tolerance: Double) -> Bool {
    if isNaN || other.isNaN { return isNaN && other.isNaN }
    return self == other || abs(self - other) <= tolerance
  }

  /// Whether two numbers agree within a relative tolerance.
  ///
  /// - Parameters:
  ///   - other: The expected number.
  ///   - tolerance: The largest difference allowed as a share of `other`.
  /// - Returns: `true` when they agree.
  public func isClose(to other: Double, relative tolerance: Double) -> Bool {
    isClose(to: other, absolute: tolerance * abs(other))
  }
}
