// SPDX-License-Identifier: Apache-2.0

/// How much of a source takes part in a mix.
///
/// Parts of one source are nested: under one seed a smaller amount is always within a larger one.
public enum MixAmount: Hashable, Codable, Sendable {
  /// Nothing of it.
  case none
  /// All of it.
  case all
  /// A number of images, at least 1.
  case count(Int)
  /// A share above 0 and at most 1: of the patients where patients stay together, rounded to whole
  /// ones; else of the images; one at least.
  case share(Double)

  /// Whether nothing takes part.
  var isNone: Bool { self == .none }

  /// Reads an amount as it is typed; `nil` for what is none, a number below 1, and a percentage that is
  /// not above 0 and at most 100.
  ///
  ///     MixAmount("522")  // .count(522)
  ///     MixAmount("10%")  // .share(0.1)
  ///
  /// - Parameter text: `none`, `all`, a number of images or a percentage.
  public init?(_ text: String) {
    switch text {
    case "none": self = .none
    case "all": self = .all
    default:
      if text.hasSuffix("%") {
        guard let percent = Double(text.dropLast()), percent > 0, percent <= 100 else {
          return nil
        }
        self = .share(percent / 100)
      } else {
        guard let count = Int(text), count > 0 else { return nil }
        self = .count(count)
      }
    }
  }
}

extension MixAmount: CustomStringConvertible {
  /// The amount as it is typed.
  public var description: String {
    switch self {
    case .none: "none"
    case .all: "all"
    case .count(let count): "\(count)"
    case .share(let share): Self.percent(share)
    }
  }

  /// A share in percent to six decimals, such as `10%` or `0.5%`.
  static func percent(_ share: Double) -> String {
    let percent = (share * 1e8).rounded() / 1e6
    return (percent == percent.rounded() ? String(Int(percent)) : String(percent)) + "%"
  }
}
