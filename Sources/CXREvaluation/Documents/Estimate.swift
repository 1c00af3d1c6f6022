// SPDX-License-Identifier: Apache-2.0

/// A number with its interval, or the reason why there is none.
public struct Estimate: Codable, Hashable, Sendable {
  /// The value on the full sample, or `nil` when it is undefined.
  @NullEncoded public var value: Double?
  /// The lower end of the 95 % interval.
  @NullEncoded public var lower: Double?
  /// The upper end of the 95 % interval.
  @NullEncoded public var upper: Double?
  /// The number of labels that went into a mean over labels.
  public var labelCount: Int?
  /// Why the value or its interval is undefined.
  public var reason: String?

  /// Creates an estimate.
  ///
  /// - Parameters:
  ///   - value: The value on the full sample, or `nil` when it is undefined.
  ///   - lower: The lower end of the 95 % interval.
  ///   - upper: The upper end of the 95 % interval.
  ///   - labelCount: The number of labels that went into a mean over labels.
  ///   - reason: Why the value or its interval is undefined.
  public init(
    value: Double?, lower: Double? = nil, upper: Double? = nil, labelCount: Int? = nil,
    reason: String? = nil
  ) {
    self.value = value
    self.lower = lower
    self.upper = upper
    self.labelCount = labelCount
    self.reason = reason
  }

  /// An estimate that could not be computed.
  ///
  /// - Parameter reason: Why not.
  /// - Returns: An estimate without numbers.
  public static func undefined(_ reason: String) -> Estimate {
    Estimate(value: nil, reason: reason)
  }
}
