// SPDX-License-Identifier: Apache-2.0

/// What a picture shows beside its coarse shapes, to tell a copy from another film of the patient.
///
/// The picture is shrunk to 64 × 64 pixels, and from each the mean of its 5 × 5 neighbours is taken
/// away. Films of one patient agree in the coarse shapes, which decide about hashes and about the
/// correlation of pixels; what is left differs with the smallest change of pose. Compression and a
/// change of size leave it as it is.
struct PictureDetail: Sendable {
  /// The most pixels a side; a smaller picture keeps its own.
  private static let side = 64
  /// How many pixels on each side of a pixel are its neighbours.
  private static let reach = 2

  private let values: [Double]

  /// Takes the details of a square picture.
  ///
  /// - Parameter image: The picture, as it is in a store.
  /// - Complexity: O(pixels).
  init(_ image: GrayImage) {
    let side = min(Self.side, image.width)
    let pixels = Self.pixels(of: image, side: side)
    // Sums of everything above and to the left, with a row and a column of zeros before.
    let stride = side + 1
    var sums = [Double](repeating: 0, count: stride * stride)
    for row in 0..<side {
      for column in 0..<side {
        let (above, here) = (row * stride + column, (row + 1) * stride + column)
        sums[here + 1] = pixels[row * side + column] + sums[here] + sums[above + 1] - sums[above]
      }
    }
    values = pixels.indices.map { index in
      let (row, column) = (index / side, index % side)
      let (top, bottom) = (max(row - Self.reach, 0), min(row + Self.reach + 1, side))
      let (left, right) = (max(column - Self.reach, 0), min(column + Self.reach + 1, side))
      let sum =
        sums[bottom * stride + right] - sums[top * stride + right] - sums[bottom * stride + left]
        + sums[top * stride + left]
      return pixels[index] - sum / Double((bottom - top) * (right - left))
    }
  }

  /// The Pearson correlation with the details of a picture of the same size; 1 when both are flat, 0
  /// when one is.
  func correlation(with other: PictureDetail) -> Double {
    precondition(values.count == other.values.count)
    let count = Double(values.count)
    let means = (values.reduce(0, +) / count, other.values.reduce(0, +) / count)
    var (product, ownSquares, otherSquares) = (0.0, 0.0, 0.0)
    for (value, otherValue) in zip(values, other.values) {
      product += (value - means.0) * (otherValue - means.1)
      ownSquares += (value - means.0) * (value - means.0)
      otherSquares += (otherValue - means.1) * (otherValue - means.1)
    }
    guard ownSquares > 0, otherSquares > 0 else { return ownSquares == otherSquares ? 1 : 0 }
    return product / (ownSquares * otherSquares).squareRoot()
  }

  private static func pixels(of image: GrayImage, side: Int) -> [Double] {
    switch image.pixels {
    case .bytes(let bytes):
      Plane(width: image.width, height: image.height, pixels: bytes, bounds: 0...255)
        .resized(width: side, height: side, filter: .area).pixels.map(Double.init)
    case .words(let words):
      Plane(width: image.width, height: image.height, pixels: words, bounds: 0...65_535)
        .resized(width: side, height: side, filter: .area).pixels.map(Double.init)
    }
  }
}
