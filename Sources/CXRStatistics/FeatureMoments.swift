// SPDX-License-Identifier: Apache-2.0

/// The mean of feature vectors, and their spread about it.
///
/// Vectors are centred a block at a time, so that no second copy of a large set is held.
struct FeatureMoments<Scalar: BinaryFloatingPoint & Sendable>: Sendable {
  /// The vectors row by row.
  let rows: [Scalar]
  /// The number of vectors.
  let rowCount: Int
  /// The mean vector.
  let mean: [Double]

  /// Averages vectors.
  ///
  /// - Parameters:
  ///   - rows: The vectors row by row.
  ///   - dimensions: The length of a vector.
  /// - Throws: ``StatisticsError`` with code `.invalidArgument`, `.empty` or `.nonFinite`.
  init(_ rows: [Scalar], dimensions: Int) throws(StatisticsError) {
    guard dimensions > 0, rows.count.isMultiple(of: dimensions) else {
      throw StatisticsError(
        .invalidArgument,
        "\(rows.count) numbers are not whole vectors of \(dimensions) dimensions.")
    }
    self.rows = rows
    rowCount = rows.count / dimensions
    guard rowCount > 1 else {
      throw StatisticsError(.empty, "A covariance needs at least 2 vectors, not \(rowCount).")
    }
    var mean = [Double](repeating: 0, count: dimensions)
    for start in stride(from: 0, to: rows.count, by: dimensions) {
      for column in 0..<dimensions { mean[column] += Double(rows[start + column]) }
    }
    for column in 0..<dimensions { mean[column] /= Double(rowCount) }
    guard mean.allSatisfy(\.isFinite) else {
      throw StatisticsError(.nonFinite, "A feature vector holds NaN or infinity.")
    }
    self.mean = mean
  }

  /// The vectors minus their mean, row by row.
  func centered() -> [Double] { centered(0..<rowCount) }

  /// The covariance with divisor *n* − 1, row by row.
  func covariance() -> [Double] {
    let blockLength = 512
    var covariance = [Double](repeating: 0, count: mean.count * mean.count)
    for start in stride(from: 0, to: rowCount, by: blockLength) {
      let block = centered(start..<min(start + blockLength, rowCount))
      Dense.addGram(
        of: block, columns: mean.count, scale: 1 / Double(rowCount - 1), to: &covariance)
    }
    Dense.mirrorUpperTriangle(of: &covariance, order: mean.count)
    return covariance
  }

  private func centered(_ range: Range<Int>) -> [Double] {
    let dimensions = mean.count
    var result: [Double] = []
    result.reserveCapacity(range.count * dimensions)
    for row in range {
      for column in 0..<dimensions {
        result.append(Double(rows[row * dimensions + column]) - mean[column])
      }
    }
    return result
  }
}
