// SPDX-License-Identifier: Apache-2.0

/// The cosine of the angle between two vectors, such as two embeddings.
///
///     try CosineSimilarity.between(real, synthetic)  // 1 for the same direction
public enum CosineSimilarity {
  /// Returns the cosine of two vectors.
  ///
  /// - Parameters:
  ///   - first: A vector, shape `[n]`.
  ///   - second: A vector, shape `[n]`.
  /// - Returns: A value from −1 to 1.
  /// - Throws: ``ImageError`` with code `.unfitValue` if a vector has no direction: all zeros, or
  ///   values that are not finite.
  /// - Precondition: Both have the same number of components.
  /// - Complexity: O(*n*), summed in double precision.
  public static func between(_ first: [Float], _ second: [Float]) throws(ImageError) -> Double {
    precondition(first.count == second.count, "vectors of one length")
    var (product, firstSquare, secondSquare) = (0.0, 0.0, 0.0)
    for index in first.indices {
      let (x, y) = (Double(first[index]), Double(second[index]))
      product += x * y
      firstSquare += x * x
      secondSquare += y * y
    }
    return try cosine(product, firstSquare, secondSquare)
  }

  /// Returns the cosine of the pixels of two images of the same size, black being 0.
  ///
  /// - Parameters:
  ///   - first: An image.
  ///   - second: An image of the same size.
  /// - Returns: A value from 0 to 1.
  /// - Throws: ``ImageError`` with code `.unfitSize` if the sizes differ, `.unfitValue` if an image
  ///   is all black.
  /// - Complexity: O(pixels).
  public static func between(
    _ first: GrayImage, _ second: GrayImage
  ) throws(ImageError) -> Double {
    guard first.width == second.width && first.height == second.height else {
      throw ImageError(
        .unfitSize,
        """
        Similarity needs images of one size, not \(first.width) × \(first.height) and \
        \(second.width) × \(second.height); resize one of them.
        """)
    }
    return try between(
      Array(RangedImage<ByteRange>(first).pixels), Array(RangedImage<ByteRange>(second).pixels))
  }

  private static func cosine(
    _ product: Double, _ firstSquare: Double, _ secondSquare: Double
  ) throws(ImageError) -> Double {
    let length = (firstSquare * secondSquare).squareRoot()
    guard length > 0 && length.isFinite else {
      throw ImageError(
        .unfitValue,
        "The cosine is undefined: a vector is all zeros or has values that are no numbers.")
    }
    return min(max(product / length, -1), 1)
  }
}
