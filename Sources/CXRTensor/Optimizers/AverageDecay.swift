// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// How much of an ``ExponentialAverage`` stays at each update, small at first.
public struct AverageDecay: Hashable, Codable, Sendable {
  /// How the share approaches its largest value.
  public enum Form: Hashable, Codable, Sendable {
    /// (1 + *s*) / (10 + *s*) at update *s*: 0.9999 is reached after about 90,000.
    case ratio
    /// 1 − (1 + *s* / γ)^(−*p*) at update *s*: with 1 and 2/3, 0.9999 after about 1,000,000.
    case power(gamma: Double = 1, exponent: Double = 2.0 / 3)
  }

  /// The largest share, from 0 to 1.
  public var maximum = 0.9999
  /// The smallest share once averaging has begun.
  public var minimum = 0.0
  /// How many updates copy before averaging begins.
  public var start = 0
  /// How the share approaches its largest value.
  public var form = Form.ratio

  /// Creates the shares of diffusers; change what differs.
  public init() {}

  /// The share of the average that stays at an update, counted from 1; 0 is a copy.
  public func share(at update: Int) -> Double {
    let step = Double(max(0, update - start - 1))
    if step <= 0 { return 0 }
    let share =
      switch form {
      case .ratio: (1 + step) / (10 + step)
      case .power(let gamma, let exponent): 1 - pow(1 + step / gamma, -exponent)
      }
    return max(min(share, maximum), minimum)
  }
}
