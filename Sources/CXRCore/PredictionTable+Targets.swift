// SPDX-License-Identifier: Apache-2.0

extension PredictionTable {
  /// Returns what every radiograph counts as for a label.
  ///
  /// - Parameters:
  ///   - label: The label's position in ``labels``.
  ///   - policy: How label states become targets.
  /// - Returns: `true` for positive, `false` for negative, `nil` where the radiograph is left out,
  ///   shape `[rowCount]`.
  /// - Precondition: `label` is a position of ``labels``.
  /// - Complexity: O(*n*).
  public func targets(ofLabel label: Int, under policy: LabelPolicy) -> [Bool?] {
    let finding = Finding(name: labels[label].name)
    return zip(labels[label].states, noFindingStates).map { state, noFinding in
      policy.target(for: state, of: finding, noFinding: noFinding)
    }
  }
}
