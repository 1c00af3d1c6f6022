// SPDX-License-Identifier: Apache-2.0

/// Checks shared by the statistics that read scores as probabilities.
enum ProbabilityTable {
  /// How far probabilities are kept from 0 and 1 before a logarithm is taken.
  static let clip = 1e-6

  /// Refuses tables that no calibration statistic can use.
  ///
  /// - Parameters:
  ///   - probabilities: One probability per radiograph, shape `[n]`.
  ///   - labels: `true` for positive, shape `[n]`.
  /// - Throws: ``StatisticsError`` with code `.empty`, `.nonFinite` or `.invalidArgument`, the
  ///   latter two naming the row.
  /// - Precondition: The arrays have the same count.
  static func check(_ probabilities: [Double], labels: [Bool]) throws(StatisticsError) {
    precondition(probabilities.count == labels.count, "one label per probability")
    if probabilities.isEmpty {
      throw StatisticsError(.empty, "The calibration of no radiographs is undefined.")
    }
    for (row, probability) in probabilities.enumerated() {
      guard probability.isFinite else { throw StatisticsError(nonFiniteScoreAtRow: row) }
      guard (0...1).contains(probability) else {
        throw StatisticsError(
          .invalidArgument,
          "The score at row \(row) lies outside 0...1, so it is not a probability; "
            + "convert logits before asking for calibration.")
      }
    }
  }

  /// Keeps a probability away from 0 and 1.
  static func clipped(_ probability: Double) -> Double {
    min(max(probability, clip), 1 - clip)
  }
}
