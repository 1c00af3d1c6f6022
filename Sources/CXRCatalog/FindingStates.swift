// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// The states of all 14 findings on one radiograph, in eight bytes.
///
///     var states = FindingStates(allAre: .unannotated)
///     states[.edema] = .positive
public struct FindingStates: Hashable, Sendable {
  /// Four bits per finding, in the order of `Finding.allCases`.
  private var bits: UInt64

  /// Creates states that are all the same.
  ///
  /// - Parameter state: The state of every finding.
  public init(allAre state: LabelState) {
    bits = 0
    for finding in Finding.allCases { self[finding] = state }
  }

  /// The state of a finding.
  ///
  /// - Parameter finding: The finding.
  public subscript(finding: Finding) -> LabelState {
    get {
      // Only the setter writes the bits, so they always hold a raw value.
      LabelState(rawValue: Int(bits >> Self.shift(of: finding) & 0xF)) ?? .unannotated
    }
    set {
      let shift = Self.shift(of: finding)
      bits = bits & ~(0xF << shift) | UInt64(newValue.rawValue) << shift
    }
  }

  /// The raw values of the states, in the order of `Finding.allCases`.
  var codes: [14 of Int64] { [14 of Int64] { Int64(bits >> (4 * UInt64($0)) & 0xF) } }

  private static let shifts: [Finding: UInt64] = Dictionary(
    uniqueKeysWithValues: Finding.allCases.enumerated().map { ($1, 4 * UInt64($0)) })

  private static func shift(of finding: Finding) -> UInt64 { shifts[finding, default: 0] }
}
