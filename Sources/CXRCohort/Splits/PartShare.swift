// SPDX-License-Identifier: Apache-2.0

/// A part of a split and the share of the whole that it is to hold.
public struct PartShare: Hashable, Sendable, CustomStringConvertible {
  /// The name of the part.
  public let name: String
  /// The share, above 0 and below 1.
  public let share: Double

  /// Creates a part.
  ///
  /// - Parameters:
  ///   - name: The name of the part.
  ///   - share: The share, above 0 and below 1.
  public init(_ name: String, _ share: Double) {
    self.name = name
    self.share = share
  }

  /// The part as it is typed, such as `train=0.7`.
  public var description: String { "\(name)=\(share)" }

  /// Checks that parts make up a whole.
  ///
  /// One part is everyone: subsets are taken of it, where nobody has to be left out.
  ///
  /// - Throws: ``SplitError`` with code `.invalidOption` unless there are parts of different names, with
  ///   shares that add up to 1.
  static func requireWhole(_ parts: [PartShare]) throws(SplitError) {
    let text = parts.map(\.description).joined(separator: ", ")
    guard !parts.isEmpty, Set(parts.map(\.name)).count == parts.count else {
      throw SplitError(
        .invalidOption, "Parts of different names are needed, found \(text).")
    }
    guard parts.allSatisfy({ $0.share > 0 && $0.share <= 1 }),
      abs(parts.reduce(0) { $0 + $1.share } - 1) < 1e-6
    else {
      throw SplitError(
        .invalidOption, "The shares of the parts must lie between 0 and 1 and add up to 1: \(text)."
      )
    }
  }
}
