// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// SSIM and MS-SSIM of two images of the same size.
///
///     let similarity = StructuralSimilarity(.unpadded)
///     try similarity.multiscale(real, synthetic)  // 1 for equal images
///
/// Windows are Gaussian, 11 × 11, σ 1.5; the constants are (0.01)² and (0.03)² of the range from
/// black to white; MS-SSIM has five scales with the weights of Wang et al., and negative means count
/// as 0. Sums are taken in double precision in a fixed order, so results do not depend on threads.
/// They agree with both programs in double precision within 1e-11; in single precision these differ
/// from themselves by up to 3e-5.
///
/// - SeeAlso: Wang, Simoncelli & Bovik, *Asilomar* 2003,
///   <https://doi.org/10.1109/ACSSC.2003.1292216>.
public struct StructuralSimilarity: Sendable {
  /// The weights of the five scales.
  private static let scaleWeights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333]
  /// The same as torchmetrics holds them, which is in single precision.
  private static let roundedScaleWeights = scaleWeights.map { Double(Float($0)) }

  /// How borders and odd sides are treated.
  public let convention: SSIMConvention
  private let window: SSIMWindow

  /// Creates the measure.
  ///
  /// - Parameter convention: How borders and odd sides are treated.
  public init(_ convention: SSIMConvention) {
    self.convention = convention
    window = SSIMWindow(convention)
  }

  /// The mean SSIM of two decoded images; each is measured from black to its own white.
  ///
  /// - Parameters:
  ///   - first: An image.
  ///   - second: An image of the same size.
  /// - Returns: A value from −1 to 1.
  /// - Throws: ``ImageError`` with code `.unfitSize` if the sizes differ or a side is below 11.
  /// - Complexity: O(pixels).
  public func ssim(_ first: GrayImage, _ second: GrayImage) throws(ImageError) -> Double {
    try ssim(SimilarityPlane(first), SimilarityPlane(second))
  }

  /// The mean SSIM of two images of the range [0, 1].
  ///
  /// - Parameters:
  ///   - first: An image.
  ///   - second: An image of the same size.
  /// - Returns: A value from −1 to 1.
  /// - Throws: ``ImageError`` with code `.unfitSize` if the sizes differ or a side is below 11.
  /// - Complexity: O(pixels).
  public func ssim(
    _ first: RangedImage<UnitRange>, _ second: RangedImage<UnitRange>
  ) throws(ImageError) -> Double {
    try ssim(SimilarityPlane(first), SimilarityPlane(second))
  }

  /// The MS-SSIM of two decoded images; each is measured from black to its own white.
  ///
  /// - Parameters:
  ///   - first: An image.
  ///   - second: An image of the same size.
  /// - Returns: A value from 0 to 1.
  /// - Throws: ``ImageError`` with code `.unfitSize` if the sizes differ or a side is below
  ///   ``SSIMConvention/smallestSide``.
  /// - Complexity: O(pixels).
  public func multiscale(_ first: GrayImage, _ second: GrayImage) throws(ImageError) -> Double {
    try multiscale(SimilarityPlane(first), SimilarityPlane(second))
  }

  /// The MS-SSIM of two images of the range [0, 1].
  ///
  /// - Parameters:
  ///   - first: An image.
  ///   - second: An image of the same size.
  /// - Returns: A value from 0 to 1.
  /// - Throws: ``ImageError`` with code `.unfitSize` if the sizes differ or a side is below
  ///   ``SSIMConvention/smallestSide``.
  /// - Complexity: O(pixels).
  public func multiscale(
    _ first: RangedImage<UnitRange>, _ second: RangedImage<UnitRange>
  ) throws(ImageError) -> Double {
    try multiscale(SimilarityPlane(first), SimilarityPlane(second))
  }

  /// The mean MS-SSIM over all pairs of several images, such as the four of one prompt: the lower,
  /// the more diverse.
  ///
  /// - Parameter images: Images of one size, at least two.
  /// - Returns: A value from 0 to 1.
  /// - Throws: ``ImageError`` with code `.unfitSize` as for a pair.
  /// - Precondition: There are at least two images.
  /// - Complexity: O(pixels · images²).
  public func meanMultiscale(among images: [GrayImage]) throws(ImageError) -> Double {
    precondition(images.count > 1, "a pair needs two images")
    let planes = images.map { SimilarityPlane($0) }
    var total = 0.0
    for second in planes.indices {
      for first in 0..<second { total += try multiscale(planes[first], planes[second]) }
    }
    return total / Double(images.count * (images.count - 1) / 2)
  }

  private func ssim(
    _ first: SimilarityPlane, _ second: SimilarityPlane
  ) throws(ImageError) -> Double {
    try Self.requireSides(first, second, atLeast: SSIMWindow.width)
    return means(first, second).similarity
  }

  private func multiscale(
    _ first: SimilarityPlane, _ second: SimilarityPlane
  ) throws(ImageError) -> Double {
    try Self.requireSides(first, second, atLeast: convention.smallestSide)
    var (first, second) = (first, second)
    var product = 1.0
    let weights = convention == .reflected ? Self.roundedScaleWeights : Self.scaleWeights
    for (scale, weight) in weights.enumerated() {
      let isLast = scale == weights.count - 1
      // Contrast is never measured across the border, so the upper scales need no reflection.
      let mean = isLast ? means(first, second).similarity : window.means(first, second).contrast
      product *= pow(max(mean, 0), weight)
      if !isLast { (first, second) = (first.halved(convention), second.halved(convention)) }
    }
    return product
  }

  private func means(
    _ first: SimilarityPlane, _ second: SimilarityPlane
  ) -> (contrast: Double, similarity: Double) {
    switch convention {
    case .unpadded: window.means(first, second)
    case .reflected:
      window.means(
        first.reflected(by: SSIMWindow.radius), second.reflected(by: SSIMWindow.radius))
    }
  }

  private static func requireSides(
    _ first: SimilarityPlane, _ second: SimilarityPlane, atLeast side: Int
  ) throws(ImageError) {
    guard first.width == second.width && first.height == second.height else {
      throw ImageError(
        .unfitSize,
        """
        Similarity needs images of one size, not \(first.width) × \(first.height) and \
        \(second.width) × \(second.height); resize one of them.
        """)
    }
    guard min(first.width, first.height) >= side else {
      throw ImageError(
        .unfitSize,
        """
        This similarity needs sides of at least \(side) pixels, not \(first.width) × \
        \(first.height); use larger images.
        """)
    }
  }
}
