// SPDX-License-Identifier: Apache-2.0

/// A half-open range of ages, like the age bins: the lower limit belongs to it, the upper one does
/// not.
///
///     AgeLimits(minimum: 18, maximum: 90)?.contains(90)  // false
public struct AgeLimits: Hashable, Sendable {
  /// The lowest age in years that is let in.
  public let minimum: Double?
  /// The lowest age in years that is not let in any more.
  public let maximum: Double?

  /// Creates limits.
  ///
  /// - Parameters:
  ///   - minimum: The lowest age in years that is let in, from 0 to 150, or `nil` for any.
  ///   - maximum: The lowest age that is not let in any more, above `minimum`, or `nil` for none.
  public init?(minimum: Double?, maximum: Double?) {
    let limits = [minimum, maximum].compactMap(\.self)
    guard limits.allSatisfy({ $0 >= 0 && $0 <= 150 }), minimum ?? 0 < maximum ?? .infinity else {
      return nil
    }
    self.minimum = minimum
    self.maximum = maximum
  }

  /// Returns whether an age is let in.
  ///
  /// - Parameter ageYears: An age in years.
  /// - Returns: `true` from the minimum on and below the maximum.
  public func contains(_ ageYears: Double) -> Bool {
    ageYears >= minimum ?? 0 && ageYears < maximum ?? .infinity
  }

  /// What an age that is not let in is, such as `below 18` or `outside [18, 90)`.
  var exclusion: String {
    switch (minimum.map(Self.text), maximum.map(Self.text)) {
    case (let minimum?, let maximum?): "outside [\(minimum), \(maximum))"
    case (let minimum?, nil): "below \(minimum)"
    case (nil, let maximum?): "of \(maximum) or more"
    case (nil, nil): "of no limit"
    }
  }

  static func text(_ age: Double) -> String {
    age == age.rounded() ? String(Int(age)) : String(age)
  }
}
