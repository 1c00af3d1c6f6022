// SPDX-License-Identifier: Apache-2.0

/// What the losses of positive labels are multiplied by.
public enum ClassWeighting: String, CaseIterable, Codable, Sendable {
  /// Nothing.
  case none
  /// Negative over positive labels among the images to learn from, for each finding; 1 for a finding
  /// of which one class is missing.
  case balanced

  /// The factors that the losses of positive labels are multiplied by.
  ///
  /// - Parameter examples: The images to learn from; each is counted once, however often it is drawn.
  /// - Returns: One factor for each finding; `nil` for none.
  /// - Complexity: O(targets).
  public func positiveWeights(of examples: ExampleSet) -> [Float]? {
    guard self == .balanced else { return nil }
    let counts = TrainingSource.allCases.compactMap { source in
      examples.images(of: source)?.targetCounts(of: examples.rows(of: source))
    }
    return examples.labels.indices.map { column in
      let positive = counts.reduce(0) { $0 + $1[column].positive }
      let negative = counts.reduce(0) { $0 + $1[column].negative }
      return positive > 0 && negative > 0 ? Float(negative) / Float(positive) : 1
    }
  }
}
