// SPDX-License-Identifier: Apache-2.0

extension Standardization {
  /// Takes the mean and the standard deviation of the pixels of one image, dividing by their number.
  ///
  /// The sums are exact. For the statistics of a training set see ``PixelStatistics``.
  ///
  /// - Parameter image: The image.
  /// - Throws: ``ImageError`` with code `.unfitValue` if all pixels are equal.
  /// - Complexity: O(pixels).
  public init(of image: GrayImage) throws(ImageError) {
    let counts = image.histogram()
    let sum = counts.indices.reduce(0) { $0 + $1 * counts[$1] }
    let squareSum = counts.indices.reduce(0) { $0 + $1 * $1 * counts[$1] }
    let level = Double(sum) / Double(image.pixels.count)
    let variance = Double(squareSum) / Double(image.pixels.count) - level * level
    guard image.extrema.lowerBound < image.extrema.upperBound && variance > 0 else {
      throw ImageError(
        .unfitValue,
        "An image of one single value has no standard deviation; use one with a content.")
    }
    let white = Double(image.maximum)
    self.init(mean: level / white, standardDeviation: variance.squareRoot() / white)
  }
}
