// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRStatistics
import CXRTestSupport
import Testing

@Suite("Feature distances")
struct FeatureDistanceTests {
  /// The goldens' features: integer sums, one division, rounded to single precision.
  private static func features(
    seed: UInt64, rows: Int, dimensions: Int, scale: Double, shift: Double
  ) -> [Float] {
    (0..<rows).flatMap { row -> [Float] in
      let stream = RandomStream(seed: seed, index: row)
      let normal = (0..<dimensions).map { column in
        let word = stream.word(at: column)
        let sum = (0..<4).reduce(0) { $0 + Int(word >> UInt64(16 * $1) & 0xFFFF) }
        return Double(sum - 131_070) / 37837
      }
      return (0..<dimensions).map { column in
        let next = normal[(column + 1) % dimensions]
        return Float(
          scale / (1 + Double(column) / 16) * (0.8 * normal[column] + 0.6 * next)
            + (column % 3 == 0 ? shift : 0))
      }
    }
  }

  @Test(
    "Agree with SciPy and 40-digit arithmetic", .enabled(if: Shared.isPresent),
    arguments: [
      ("d16_n200", "mpmath_50_digits"), ("d64_n500", "mpmath_50_digits"),
      ("d64_n40_rank_deficient", "mpmath_40_digits_svd"),
    ])
  func agreeWithGolden(name: String, reference: String) throws {
    let golden = try Golden.json("golden_frechet.json")["results"][name]
    let d = try golden["d"].integer
    let x = Self.features(
      seed: 101, rows: try golden["n_x"].integer, dimensions: d, scale: 1, shift: 0)
    let y = Self.features(
      seed: 202, rows: try golden["n_y"].integer, dimensions: d, scale: 1.1, shift: 0.25)
    #expect(try Double(x[0]) == golden["x_00"].number)
    let distance = try FrechetDistance(x, y, dimensions: d)
    // The README's tolerances: 1e-11 at full rank, 1e-12 for the singular values.
    let tolerance = distance.isRankDeficient ? 1e-12 : 1e-11
    #expect(try distance.value.isClose(to: golden[reference].number, relative: tolerance))
    #expect(try distance.meanTerm.isClose(to: golden["mean_term"].number, relative: 1e-13))
    #expect(distance.isRankDeficient == name.contains("deficient"))
    let kernel = try KernelInceptionDistance(x, y, dimensions: d)
    #expect(
      try kernel.value.isClose(to: golden["kid_unbiased_all_rows"].number, relative: 1e-11))
    #expect(try FrechetDistance(x, x, dimensions: d).value.isClose(to: 0, absolute: 1e-12))
  }

  @Test("Follow the closed form of diagonal covariances")
  func followClosedForm() throws {
    let d = 32
    let variances = ((0..<d).map { 1 / Double(1 + $0) }, (0..<d).map { Double(2 + $0) / 4 })
    func diagonal(_ values: [Double]) -> [Double] {
      (0..<d * d).map { $0 / d == $0 % d ? values[$0 / d] : 0 }
    }
    let distance = try FrechetDistance(
      means: ([Double](repeating: 0, count: d), [Double](repeating: 0.1, count: d)),
      covariances: (diagonal(variances.0), diagonal(variances.1)))
    let expected = (0..<d).reduce(Double(d) * 0.01) { sum, index in
      let (a, b) = (variances.0[index], variances.1[index])
      return sum + a + b - 2 * (a * b).squareRoot()
    }
    #expect(distance.value.isClose(to: expected, relative: 1e-13))
    #expect(distance.algorithm == .cholesky)
  }

  @Test("Fall back to eigenvectors when a covariance is singular")
  func fallBackWhenSingular() throws {
    // S₁ = diag(4, 0), S₂ = diag(1, 9): trace terms 14, tr √(S₁S₂) = 2.
    let distance = try FrechetDistance(
      means: ([0, 0], [3, 0]), covariances: ([4, 0, 0, 0], [1, 0, 0, 9]))
    #expect(distance.algorithm == .eigenvectors)
    #expect(distance.value.isClose(to: 9 + 14 - 4, absolute: 1e-14))
  }

  @Test("Refuse unusable input")
  func refuseUnusableInput() {
    func code(_ rows: [Double]) -> StatisticsError.Code? {
      #expect(throws: StatisticsError.self) {
        try FrechetDistance(rows, [1, 2, 3, 4, 5, 6, 7, 8], dimensions: 2)
      }?.code
    }
    #expect(code([1, 2, 3]) == .invalidArgument)
    #expect(code([1, 2]) == .empty)
    #expect(code([1, 2, .nan, 4]) == .nonFinite)
    #expect(throws: StatisticsError.self) {
      try KernelInceptionDistance([1.0, 2], [1, 2, 3, 4], dimensions: 2)
    }
  }

  @Test("Take LAPACK from OpenBLAS and nowhere else")
  func takeLAPACKFromOpenBLAS() throws {
    let path = try #require(try LoadedLibrary.path(ofSymbol: "dsyevd_"))
    #expect(path.contains("openblas"))
  }
}
