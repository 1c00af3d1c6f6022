// SPDX-License-Identifier: Apache-2.0
public import CXRCore
internal import Foundation

/// A crop of random area and shape, resized to a square: torchvision's `RandomResizedCrop`.
public struct RandomCrop: Sendable, Hashable, Codable {
  /// The number of crops tried before the middle of the image is taken.
  private static let attempts = 10

  /// The share of the image's area that the crop has.
  public var area: ClosedRange<Double>
  /// The width of the crop divided by its height, drawn on a logarithmic scale.
  public var ratio: ClosedRange<Double>
  /// The side of the result, in pixels.
  public var side: Int
  /// How pixels are computed.
  public var filter: ResizeFilter

  /// Creates a random crop.
  ///
  /// - Parameters:
  ///   - side: The side of the result, in pixels.
  ///   - area: The share of the image's area that the crop has.
  ///   - ratio: The width of the crop divided by its height.
  ///   - filter: How pixels are computed.
  /// - Precondition: The side, all areas and all ratios are above 0, and areas are at most 1.
  public init(
    side: Int, area: ClosedRange<Double> = 0.08...1, ratio: ClosedRange<Double> = 0.75...(4.0 / 3),
    filter: ResizeFilter = .bilinear
  ) {
    precondition(side > 0 && area.lowerBound > 0 && area.upperBound <= 1 && ratio.lowerBound > 0)
    self.side = side
    self.area = area
    self.ratio = ratio
    self.filter = filter
  }

  /// Draws a region of an image.
  ///
  /// The distribution is torchvision's: up to ten crops are tried that may not fit; then the largest
  /// crop in the middle that the ratio allows is taken.
  ///
  /// - Parameters:
  ///   - stream: The stream that decides.
  ///   - width: The width of the image.
  ///   - height: The height of the image.
  /// - Returns: A region within the image.
  public func region(_ stream: RandomStream, width: Int, height: Int) -> PixelRegion {
    for attempt in 0..<Self.attempts {
      let target = area.value(at: stream.unit(at: 4 * attempt)) * Double(width * height)
      let logarithms = log(ratio.lowerBound)...log(ratio.upperBound)
      let shape = exp(logarithms.value(at: stream.unit(at: 4 * attempt + 1)))
      let cropWidth = Int((target * shape).squareRoot().rounded(.toNearestOrEven))
      let cropHeight = Int((target / shape).squareRoot().rounded(.toNearestOrEven))
      guard (1...width).contains(cropWidth) && (1...height).contains(cropHeight) else { continue }
      return PixelRegion(
        x: stream.index(at: 4 * attempt + 3, below: width - cropWidth + 1),
        y: stream.index(at: 4 * attempt + 2, below: height - cropHeight + 1),
        width: cropWidth, height: cropHeight)
    }
    let shape = Double(width) / Double(height)
    let cropHeight =
      shape < ratio.lowerBound
      ? Int((Double(width) / ratio.lowerBound).rounded(.toNearestOrEven)) : height
    let cropWidth =
      shape > ratio.upperBound
      ? Int((Double(height) * ratio.upperBound).rounded(.toNearestOrEven)) : width
    return PixelRegion(
      x: (width - cropWidth) / 2, y: (height - cropHeight) / 2, width: max(cropWidth, 1),
      height: max(cropHeight, 1))
  }
}

extension ClosedRange<Double> {
  /// The value at a share of the way from the lower to the upper bound.
  func value(at share: Double) -> Double { lowerBound + (upperBound - lowerBound) * share }
}
