// SPDX-License-Identifier: Apache-2.0

extension StatisticsError {
  /// A score that is NaN or infinite.
  init(nonFiniteScoreAtRow row: Int) {
    self.init(
      .nonFinite, "The score at row \(row) is not finite; a missing score must be left out.")
  }
}
