// SPDX-License-Identifier: Apache-2.0

/// How alike two images are, by every measure of this module.
public struct PairSimilarity: Sendable, Codable, Hashable {
  /// SSIM as pytorch-msssim computes it, −1 to 1.
  public let ssimUnpadded: Double
  /// SSIM as torchmetrics computes it, −1 to 1.
  public let ssimReflected: Double
  /// MS-SSIM as pytorch-msssim computes it, 0 to 1.
  public let msssimUnpadded: Double
  /// MS-SSIM as torchmetrics computes it, 0 to 1.
  public let msssimReflected: Double
  /// The cosine of the pixels, black being 0; 0 to 1.
  public let pixelCosine: Double

  /// Compares two images.
  ///
  /// - Parameters:
  ///   - first: An image.
  ///   - second: An image of the same size.
  /// - Throws: ``ImageError`` with code `.unfitSize` if the sizes differ or a side is below 176,
  ///   `.unfitValue` if an image is all black.
  /// - Complexity: O(pixels).
  public init(_ first: GrayImage, _ second: GrayImage) throws(ImageError) {
    let unpadded = StructuralSimilarity(.unpadded)
    let reflected = StructuralSimilarity(.reflected)
    ssimUnpadded = try unpadded.ssim(first, second)
    ssimReflected = try reflected.ssim(first, second)
    msssimUnpadded = try unpadded.multiscale(first, second)
    msssimReflected = try reflected.multiscale(first, second)
    pixelCosine = try CosineSimilarity.between(first, second)
  }

  /// The measures with the names that reports give them, in order.
  public var measures: [(name: String, value: Double)] {
    [
      ("MS-SSIM, \(SSIMConvention.unpadded.program)", msssimUnpadded),
      ("MS-SSIM, \(SSIMConvention.reflected.program)", msssimReflected),
      ("SSIM, \(SSIMConvention.unpadded.program)", ssimUnpadded),
      ("SSIM, \(SSIMConvention.reflected.program)", ssimReflected),
      ("cosine of pixels", pixelCosine),
    ]
  }
}
