// SPDX-License-Identifier: Apache-2.0

/// Which (group, label) cells are large enough to be compared.
///
/// Groups and labels are chosen once, on the whole sample, and stay the same in every resample and
/// permutation; otherwise a gap would compare means over different labels.
public enum CellRule: Hashable, Sendable {
  /// A cell needs so many positives and negatives. A group is kept when one of its labels has
  /// them; means are over the labels that have them in every kept group.
  case minimum(positives: Int, negatives: Int)
  /// Every group is kept; means are over the labels that are defined in all of them.
  case commonLabels
  /// Every group is kept, and each mean is over whatever is defined: means over different labels.
  case definedLabels

  /// Ten positives and ten negatives.
  public static let standard = CellRule.minimum(positives: 10, negatives: 10)

  /// The number of positives that a cell needs.
  public var positives: Int {
    switch self {
    case .minimum(let positives, _): positives
    case .commonLabels: 1
    case .definedLabels: 0
    }
  }

  /// The number of negatives that a cell needs.
  public var negatives: Int {
    switch self {
    case .minimum(_, let negatives): negatives
    case .commonLabels: 1
    case .definedLabels: 0
    }
  }
}
