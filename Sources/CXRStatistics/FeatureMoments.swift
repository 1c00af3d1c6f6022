// SPDX-License-Identifier: Apache-2.0

/// The mean of feature vectors and the vectors about it.
struct FeatureMoments: Sendable {
  /// The number of vectors.
  let rowCount: Int
  /// The mean vector.
  let mean: [Double]
  /// The vectors minus their mean, row by row.
  let centered: [Double]

  /// Centres vectors.
  ///
  /// - Parameters:
  ///   - rows: The vectors row by row.
  ///   - dimensions: The length of a vector.
  /// - Throws: ``StatisticsError`` with code `.invalidArgument`, `.empty` or `.nonFinite`.
  init(_ rows: [Double], dimensions: Int) throws(StatisticsError) {
    guard dimensions > 0, rows.count.isMultiple(of: dimensions) else {
      throw StatisticsError(
        .invalidArgument,
        "\(rows.count) numbers are not whole vectors of \(dimensions) dimensions.")
    }
    rowCount = rows.count / dimensions
    guard rowCount > 1 else {
      throw StatisticsError(.empty, "A covariance needs at least 2 vectors, not \(rowCount).")
    }
    var mean = [Double](repeating: 0, count: dimensions)
    for start in stride(from: 0, to: rows.count, by: dimensions) {
      for column in 0..<dimensions { mean[column] += rows[start + column] }
    }
    for column in 0..<dimensions { mean[column] /= Double(rowCount) }
    guard mean.allSatisfy(\.isFinite) else {
      throw StatisticsError(.nonFinite, "A feature vector holds NaN or infinity.")
    }
    var centered = rows
    for start in stride(from: 0, to: rows.count, by: dimensions) {
      for column in 0..<dimensions { centered[start + column] -= mean[column] }
    }
    self.mean = mean
    self.centered = centered
  }

  /// The covariance with divisor *n* − 1, row by row.
  func covariance() -> [Double] {
    Dense.gram(centered, rows: rowCount, columns: mean.count, scale: 1 / Double(rowCount - 1))
  }

  /// The trace of the covariance.
  var totalVariance: Double {
    centered.reduce(0) { $0 + $1 * $1 } / Double(rowCount - 1)
  }
}
