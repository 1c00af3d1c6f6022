// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// A number of images or prompts that is known, expected, or not known yet.
struct WorkCount: Hashable {
  /// The number, if anything tells it.
  let value: Int?
  /// Whether it was counted; else it follows from what is planned.
  let isCounted: Bool

  static let unknown = WorkCount(value: nil, isCounted: false)

  static func counted(_ value: Int) -> WorkCount { WorkCount(value: value, isCounted: true) }
  static func expected(_ value: Int) -> WorkCount { WorkCount(value: value, isCounted: false) }

  /// The sum of several; unknown if one of them is.
  static func sum(_ counts: [WorkCount]) -> WorkCount {
    let values = counts.compactMap(\.value)
    guard !counts.isEmpty, values.count == counts.count else { return .unknown }
    return WorkCount(value: values.reduce(0, +), isCounted: counts.allSatisfy(\.isCounted))
  }

  /// So many times as many.
  func times(_ factor: Double) -> WorkCount {
    guard factor != 1 else { return self }
    return WorkCount(
      value: value.map { Int((Double($0) * factor).rounded()) },
      isCounted: isCounted && factor == factor.rounded())
  }

  /// The same number, as one that is not counted yet.
  var planned: WorkCount { WorkCount(value: value, isCounted: false) }

  /// The number with its noun, or words that say of what.
  func text(_ noun: String, ofWhat: String) -> String {
    guard let value else { return "\(noun)s of \(ofWhat)" }
    return (isCounted ? "" : "about ") + NumberText.count(value, noun)
  }
}
