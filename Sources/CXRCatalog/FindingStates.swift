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

  /// Creates states from raw values that the catalog has checked.
  ///
  /// - Parameter code: Gives the raw value for each position in `Finding.allCases`.
  init(codes code: (Int) -> Int64) {
    bits = 0
    for position in 0..<14 { bits |= UInt64(code(position)) << (4 * UInt64(position)) }
  }

  /// The raw values of the states, in the order of `Finding.allCases`.
  var codes: [14 of Int64] { [14 of Int64] { Int64(bits >> (4 * UInt64($0)) & 0xF) } }

  /// Four times the position in `Finding.allCases`, spelled out because tables over a million
  /// radiographs ask for it millions of times.
  private static func shift(of finding: Finding) -> UInt64 {
    switch finding {
    case .atelectasis: 0
    case .cardiomegaly: 4
    case .consolidation: 8
    case .edema: 12
    case .enlargedCardiomediastinum: 16
    case .fracture: 20
    case .lungLesion: 24
    case .lungOpacity: 28
    case .noFinding: 32
    case .pleuralEffusion: 36
    case .pleuralOther: 40
    case .pneumonia: 44
    case .pneumothorax: 48
    case .supportDevices: 52
    }
  }
}
