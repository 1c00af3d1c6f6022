// SPDX-License-Identifier: Apache-2.0
internal import COpenBLAS

/// The few dense matrix operations that feature distances need, on OpenBLAS and its LAPACK.
///
/// Matrices are arrays of rows. A symmetric matrix reads the same by columns, so LAPACK takes it
/// as it is.
enum Dense {
  /// Adds AᵀA times a scale to the upper triangle of a symmetric matrix.
  ///
  /// - Parameters:
  ///   - matrix: A, shape `[rows, columns]`.
  ///   - columns: The number of columns of A.
  ///   - scale: The factor.
  ///   - result: The symmetric matrix, shape `[columns, columns]`.
  static func addGram(
    of matrix: [Double], columns: Int, scale: Double, to result: inout [Double]
  ) {
    unsafe cblas_dsyrk(
      CblasRowMajor, CblasUpper, CblasTrans, blasint(columns), blasint(matrix.count / columns),
      scale, matrix, blasint(columns), 1, &result, blasint(columns))
  }

  /// Copies the upper triangle of a square matrix to its lower one.
  ///
  /// - Parameters:
  ///   - matrix: The matrix, shape `[order, order]`.
  ///   - order: The number of rows.
  static func mirrorUpperTriangle(of matrix: inout [Double], order: Int) {
    for row in 0..<order {
      for column in 0..<row { matrix[row * order + column] = matrix[column * order + row] }
    }
  }

  /// A Bᵀ.
  ///
  /// - Parameters:
  ///   - a: A, shape `[rows, k]`.
  ///   - b: B, shape `[columns, k]`.
  ///   - rows: The number of rows of A.
  ///   - columns: The number of rows of B.
  /// - Returns: The product, shape `[rows, columns]`.
  static func product(_ a: [Double], _ b: [Double], rows: Int, columns: Int) -> [Double] {
    let inner = a.count / rows
    var result = [Double](repeating: 0, count: rows * columns)
    unsafe cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, blasint(rows), blasint(columns), blasint(inner),
      1, a, blasint(inner), b, blasint(inner), 0, &result, blasint(columns))
    return result
  }

  /// The singular values of a matrix, descending.
  ///
  /// - Parameters:
  ///   - matrix: The matrix, shape `[rows, columns]`.
  ///   - rows: The number of rows.
  ///   - columns: The number of columns.
  /// - Returns: The singular values.
  /// - Throws: ``StatisticsError`` with code `.notConverged`.
  static func singularValues(
    _ matrix: [Double], rows: Int, columns: Int
  ) throws(StatisticsError) -> [Double] {
    var work = matrix
    var values = [Double](repeating: 0, count: min(rows, columns))
    // Column-major LAPACK sees the transpose, which has the same singular values.
    let status = unsafe LAPACKE_dgesdd(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "N")), Int32(columns), Int32(rows), &work,
      Int32(columns), &values, nil, 1, nil, 1)
    try check(status, "singular values")
    return values
  }

  /// The eigenvalues of S₁S₂ for symmetric, positive semidefinite S₁ and S₂.
  ///
  /// They equal those of LᵀS₂L for any L with LLᵀ = S₁: the Cholesky factor, or eigenvectors
  /// scaled by roots of eigenvalues when S₁ is singular.
  ///
  /// - Parameters:
  ///   - first: S₁, shape `[order, order]`.
  ///   - second: S₂, shape `[order, order]`.
  ///   - order: The number of rows.
  /// - Returns: The eigenvalues, ascending, and how they were found.
  /// - Throws: ``StatisticsError`` with code `.notConverged`.
  static func congruentEigenvalues(
    _ first: [Double], _ second: [Double], order: Int
  ) throws(StatisticsError) -> (values: [Double], algorithm: FrechetDistance.Algorithm) {
    let n = Int32(order)
    let lower = CChar(UInt8(ascii: "L"))
    var factor = first
    var matrix = second
    if unsafe LAPACKE_dpotrf(LAPACK_COL_MAJOR, lower, n, &factor, n) == 0 {
      // Problem type 2 overwrites S₂ by LᵀS₂L.
      let status = unsafe LAPACKE_dsygst(
        LAPACK_COL_MAJOR, 2, lower, n, &matrix, n, factor, n)
      try check(status, "the congruent matrix")
      return (try eigenvalues(&matrix, order: order), .cholesky)
    }
    factor = first
    var spectrum = [Double](repeating: 0, count: order)
    let status = unsafe LAPACKE_dsyevd(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), lower, n, &factor, n, &spectrum)
    try check(status, "the eigenvectors")
    for index in 0..<order {
      let root = max(spectrum[index], 0).squareRoot()
      for position in index * order..<(index + 1) * order { factor[position] *= root }
    }
    // By rows the eigenvectors are F = Lᵀ, so LᵀS₂L is F S₂ Fᵀ.
    let half = product(factor, second, rows: order, columns: order)
    matrix = product(half, factor, rows: order, columns: order)
    return (try eigenvalues(&matrix, order: order), .eigenvectors)
  }

  /// The eigenvalues of a symmetric matrix, ascending; overwrites its lower triangle by columns.
  private static func eigenvalues(
    _ matrix: inout [Double], order: Int
  ) throws(StatisticsError) -> [Double] {
    var values = [Double](repeating: 0, count: order)
    let status = unsafe LAPACKE_dsyevd(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "N")), CChar(UInt8(ascii: "L")), Int32(order),
      &matrix, Int32(order), &values)
    try check(status, "the eigenvalues")
    return values
  }

  private static func check(_ status: Int32, _ what: String) throws(StatisticsError) {
    guard status == 0 else {
      throw StatisticsError(.notConverged, "LAPACK could not compute \(what) (status \(status)).")
    }
  }
}
