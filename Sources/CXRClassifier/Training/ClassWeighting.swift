// SPDX-License-Identifier: Apache-2.0

/// What the losses of positive labels are multiplied by.
public enum ClassWeighting: String, CaseIterable, Codable, Sendable {
  /// Nothing.
  case none
  /// Negative over positive labels among the images to learn from, for each finding; 1 for a finding
  /// of which one class is missing.
  case balanced

  /// The factor of each finding; `nil` for none.
  ///
  /// - Complexity: O(targets).
  func positiveWeights(of examples: ExampleSet) -> [Float]? {
    guard self == .balanced else { return nil }
    var counts = [(positive: Int, negative: Int)](
      repeating: (0, 0), count: examples.findings.count)
    for source in TrainingSource.allCases {
      guard let images = examples.images(of: source) else { continue }
      for row in examples.rows(of: source) {
        for (column, target) in images.targets(at: row).enumerated() {
          if target == 1 { counts[column].positive += 1 }
          if target == 0 { counts[column].negative += 1 }
        }
      }
    }
    return counts.map { count in
      count.positive > 0 && count.negative > 0
        ? Float(count.negative) / Float(count.positive) : 1
    }
  }
}
