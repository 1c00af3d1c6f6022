// SPDX-License-Identifier: Apache-2.0
internal import CXRStatistics

/// What a ``MemorizationCheck`` came to, without the images.
public struct MemorizationSummary: Codable, Hashable, Sendable {
  /// The probabilities of ``syntheticQuantiles`` and ``realQuantiles``: 0, 0.01, … 1.
  public static let probabilities = (0...100).map { Double($0) / 100 }

  /// The checkpoint.
  public let name: String
  /// The number of synthetic images.
  public let syntheticCount: Int
  /// The number of real images that have one of another patient to be compared with.
  public let realCount: Int
  /// The share of real images that stays below ``limit``.
  public let probability: Double
  /// The cosine that the share ``probability`` of real images stays below.
  public let limit: Double
  /// The number of synthetic images beyond the limit.
  public let suspectCount: Int
  /// The number of synthetic images whose most similar real image is the one that their prompt came
  /// from; `nil` if that one was not among those compared.
  public let ownCount: Int?
  /// Quantiles of the cosine of a synthetic image with its most similar real one.
  public let syntheticQuantiles: [Double]
  /// Quantiles of the cosine of a real image with the most similar one of another patient.
  public let realQuantiles: [Double]

  /// The share of synthetic images beyond the limit.
  public var suspectShare: Double { Double(suspectCount) / Double(syntheticCount) }

  /// Sums a check up.
  ///
  /// - Parameters:
  ///   - check: The check.
  ///   - name: The checkpoint.
  ///   - sources: The position of the real image that each synthetic one belongs to, among those that
  ///     were compared; `nil` if they are not among them.
  /// - Precondition: There is a source for each synthetic image.
  public init(_ check: MemorizationCheck, of name: String, sources: [Int]?) {
    self.name = name
    syntheticCount = check.pairs.count
    realCount = check.realCosines.count
    probability = check.probability
    limit = check.limit
    suspectCount = check.suspects.count
    ownCount = sources.map { sources in check.pairs.count { sources[$0.synthetic] == $0.real } }
    syntheticQuantiles = Quantile.linear(check.pairs.map(\.cosine), at: Self.probabilities)
    realQuantiles = Quantile.linear(check.realCosines, at: Self.probabilities)
  }
}
