// SPDX-License-Identifier: Apache-2.0

/// The Fréchet distance between Gaussians fitted to two sets of feature vectors.
///
///     let distance = try FrechetDistance(real, generated, dimensions: 2048)
///     distance.value
///
/// With Inception features this is the FID. It is biased in the sample size: compare values of the
/// same sizes only, and report them with ``KernelInceptionDistance``.
///
/// The trace of √(S₁S₂) comes from a symmetric problem, never from a general matrix root: the
/// eigenvalues of LᵀS₂L, where S₁ = LLᵀ, or, with fewer rows than dimensions, the singular values
/// of the product of the centred data.
///
/// - SeeAlso: Heusel et al., *NeurIPS* 2017, <https://arxiv.org/abs/1706.08500>; Chong & Forsyth,
///   *CVPR* 2020, <https://arxiv.org/abs/1911.07023>.
public struct FrechetDistance: Sendable {
  /// How the trace of the matrix root was computed.
  public enum Algorithm: String, Codable, Sendable {
    /// Cholesky factor of one covariance, eigenvalues of the congruent other.
    case cholesky
    /// Eigenvectors of one covariance, which is singular.
    case eigenvectors
    /// Singular values of the product of the centred data, which has fewer rows than dimensions.
    case crossGram
  }

  /// The squared distance, as FID is reported.
  public let value: Double
  /// The squared distance of the means.
  public let meanTerm: Double
  /// The number of dimensions.
  public let dimensions: Int
  /// The number of rows of both sets, or `nil` when moments were given.
  public let sampleCounts: [Int]?
  /// How the trace of the matrix root was computed.
  public let algorithm: Algorithm
  /// Whether a set has fewer rows than dimensions, so that its covariance is singular and the
  /// value depends strongly on the sample size.
  public var isRankDeficient: Bool {
    sampleCounts.map { $0.contains { $0 <= dimensions } } ?? false
  }

  /// Computes the distance of two sets of vectors.
  ///
  /// - Parameters:
  ///   - first: Vectors row by row, shape `[rows, dimensions]`.
  ///   - second: Vectors row by row, shape `[rows, dimensions]`.
  ///   - dimensions: The length of a vector.
  /// - Throws: ``StatisticsError`` with code `.invalidArgument` if a set is not made of whole rows,
  ///   `.empty` if it has fewer than two, `.nonFinite` if it holds NaN or infinity,
  ///   `.notConverged` if LAPACK gives up.
  /// - Complexity: O(*n d*² + *d*³), or O(*n*² *d*) with fewer rows than dimensions.
  public init(
    _ first: [Double], _ second: [Double], dimensions: Int
  ) throws(StatisticsError) {
    try self.init(
      FeatureMoments(first, dimensions: dimensions), FeatureMoments(second, dimensions: dimensions))
  }

  /// Computes the distance of two sets of single-precision vectors.
  ///
  /// - Parameters:
  ///   - first: Vectors row by row, shape `[rows, dimensions]`.
  ///   - second: Vectors row by row, shape `[rows, dimensions]`.
  ///   - dimensions: The length of a vector.
  /// - Throws: As the initialiser for double precision.
  public init(
    _ first: [Float], _ second: [Float], dimensions: Int
  ) throws(StatisticsError) {
    try self.init(
      FeatureMoments(first, dimensions: dimensions), FeatureMoments(second, dimensions: dimensions))
  }

  /// Computes the distance of two Gaussians.
  ///
  /// - Parameters:
  ///   - means: The two means, each of shape `[d]`.
  ///   - covariances: The two symmetric covariances row by row, each of shape `[d, d]`.
  /// - Throws: ``StatisticsError`` with code `.invalidArgument` if the shapes do not fit,
  ///   `.nonFinite` or `.notConverged` as for vectors.
  public init(
    means: (first: [Double], second: [Double]),
    covariances: (first: [Double], second: [Double])
  ) throws(StatisticsError) {
    try self.init(
      means: (means.first, means.second), covariances: (covariances.first, covariances.second),
      sampleCounts: nil)
  }

  private init<Scalar>(
    _ a: FeatureMoments<Scalar>, _ b: FeatureMoments<Scalar>
  ) throws(StatisticsError) {
    guard min(a.rowCount, b.rowCount) <= a.mean.count else {
      try self.init(
        means: (a.mean, b.mean), covariances: (a.covariance(), b.covariance()),
        sampleCounts: [a.rowCount, b.rowCount])
      return
    }
    let (first, second) = (a.centered(), b.centered())
    let cross = Dense.product(first, second, rows: a.rowCount, columns: b.rowCount)
    let values = try Dense.singularValues(cross, rows: a.rowCount, columns: b.rowCount)
    let divisors = (Double(a.rowCount - 1), Double(b.rowCount - 1))
    self.init(
      means: (a.mean, b.mean),
      traces: first.reduce(0) { $0 + $1 * $1 } / divisors.0
        + second.reduce(0) { $0 + $1 * $1 } / divisors.1,
      rootTrace: values.reduce(0, +) / (divisors.0 * divisors.1).squareRoot(),
      dimensions: a.mean.count, sampleCounts: [a.rowCount, b.rowCount], algorithm: .crossGram)
  }

  private init(
    means: ([Double], [Double]), covariances: ([Double], [Double]), sampleCounts: [Int]?
  ) throws(StatisticsError) {
    let d = means.0.count
    guard d > 0, means.1.count == d, covariances.0.count == d * d, covariances.1.count == d * d
    else {
      throw StatisticsError(
        .invalidArgument, "Means need one entry per dimension, covariances that many squared.")
    }
    guard [means.0, means.1, covariances.0, covariances.1].joined().allSatisfy(\.isFinite) else {
      throw StatisticsError(.nonFinite, "A mean or covariance holds NaN or infinity.")
    }
    let (eigenvalues, algorithm) = try Dense.congruentEigenvalues(
      covariances.0, covariances.1, order: d)
    self.init(
      means: means,
      traces: (0..<d).reduce(0) { $0 + covariances.0[$1 * (d + 1)] + covariances.1[$1 * (d + 1)] },
      // Rounding makes a vanishing eigenvalue slightly negative.
      rootTrace: eigenvalues.reduce(0) { $0 + max($1, 0).squareRoot() },
      dimensions: d, sampleCounts: sampleCounts, algorithm: algorithm)
  }

  private init(
    means: ([Double], [Double]), traces: Double, rootTrace: Double, dimensions: Int,
    sampleCounts: [Int]?, algorithm: Algorithm
  ) {
    meanTerm = zip(means.0, means.1).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    value = meanTerm + traces - 2 * rootTrace
    self.dimensions = dimensions
    self.sampleCounts = sampleCounts
    self.algorithm = algorithm
  }
}
