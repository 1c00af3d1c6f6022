// SPDX-License-Identifier: Apache-2.0
public import CXRStatistics

/// Whether synthetic images come closer to single real ones than real ones to each other.
///
/// For each synthetic image, the most similar real image by the cosine of their features; beside
/// it, for each real image, the most similar one of another patient. A generator that copies its
/// training images gives pairs beyond what two patients ever show.
///
/// - SeeAlso: Dar et al., *Nature Biomedical Engineering* 2025, on memorisation in medical diffusion
///   models, <https://arxiv.org/abs/2402.01054>.
public struct MemorizationCheck: Sendable {
  /// A synthetic image and the real one that is most like it.
  public struct Pair: Hashable, Sendable {
    /// The position of the synthetic image.
    public let synthetic: Int
    /// The position of the real image.
    public let real: Int
    /// The cosine of their features.
    public let cosine: Double
  }

  /// The most similar real image of each synthetic one, in the order of synthetic images.
  public let pairs: [Pair]
  /// The cosine of each real image with the most similar one of another patient.
  public let realCosines: [Double]
  /// The probability by which the two sets of cosines were compared.
  public let probability: Double
  /// The cosine that the share ``probability`` of real images stays below.
  public let limit: Double

  /// The pairs beyond the limit, the most similar first: images to look at.
  public var suspects: [Pair] {
    pairs.filter { $0.cosine > limit }.sorted {
      ($1.cosine, $0.synthetic) < ($0.cosine, $1.synthetic)
    }
  }

  /// The share of synthetic images beyond the limit; among images like real ones, about
  /// 1 − ``probability``.
  public var suspectShare: Double { Double(suspects.count) / Double(pairs.count) }

  /// Compares synthetic images with real ones.
  ///
  /// - Parameters:
  ///   - synthetic: The features of the synthetic images.
  ///   - real: The features of the real images, of the same network.
  ///   - patients: The patient of each real image.
  ///   - probability: The share of real images that stays below the limit, in 0 ..< 1.
  /// - Throws: ``GenerationError`` with code `.tooFewImages` if all real images are of one patient.
  /// - Precondition: Both are of as many dimensions; there is a patient for each real image.
  /// - Complexity: O((*n* + *m*) *m d*) for *n* synthetic and *m* real images, all pairs.
  public init(
    synthetic: UnitVectors, real: UnitVectors, patients: [Int], probability: Double = 0.99
  ) throws(GenerationError) {
    precondition((0..<1).contains(probability), "a probability below 1")
    let cosines = NearestVectors(within: real, across: patients).matches.compactMap { $0?.cosine }
    guard !cosines.isEmpty else {
      throw GenerationError(
        .tooFewImages,
        "All real images are of one patient, so real pairs say nothing; give images of several.")
    }
    pairs = NearestVectors(to: synthetic, in: real).matches.enumerated().compactMap { row, match in
      match.map { Pair(synthetic: row, real: $0.index, cosine: $0.cosine) }
    }
    realCosines = cosines
    self.probability = probability
    limit = Quantile.linear(cosines, at: [probability])[0]
  }
}
