// SPDX-License-Identifier: Apache-2.0
import CXRCore

/// Scores and labels drawn from a seed, with ties.
struct Simulated {
  /// One score per row and model, shape `[models][count]`.
  let scores: [[Double]]
  /// The labels, both classes among them.
  let labels: [Bool]
  /// A patient for each row, of one to about five rows each.
  let patients: [Int]

  /// Draws a table.
  ///
  /// - Parameters:
  ///   - seed: The seed.
  ///   - count: The number of rows, at least 2.
  ///   - models: The number of models.
  ///   - levels: The number of distinct scores; few make many ties.
  init(seed: UInt64, count: Int, models: Int = 1, levels: Int = 40) {
    let truth = RandomStream(seed: seed, index: 0)
    let labels = (0..<count).map { $0 == 0 || ($0 > 1 && truth.unit(at: $0) < 0.3) }
    scores = (1...models).map { model in
      let noise = RandomStream(seed: seed, index: model)
      return labels.indices.map { row in
        let signal = labels[row] ? 0.25 : 0.0
        return Double(noise.index(at: row, below: levels)) / Double(levels) + signal
      }
    }
    let visits = RandomStream(seed: seed, index: models + 1)
    patients = (0..<count).map { visits.index(at: $0, below: max(1, count / 3)) }
    self.labels = labels
  }
}
