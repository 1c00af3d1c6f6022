// SPDX-License-Identifier: Apache-2.0

/// The number, mean and spread of pixels on the scale from 0 for black to 1 for white.
///
///     var moments = PixelMoments()
///     for image in train { moments.add(PixelMoments(image)) }
///     let standardization = try moments.standardization()
///
/// Sums within an image are exact; adding the same images in the same order gives the same bits.
public struct PixelMoments: Sendable, Equatable {
  /// The number of pixels.
  public private(set) var count = 0
  /// The mean, from 0 to 1; 0 without pixels.
  public private(set) var mean = 0.0
  /// The sum of squared differences from the mean.
  private var squares = 0.0

  /// Creates the moments of nothing.
  public init() {}

  /// Takes the moments of an image.
  ///
  /// - Parameter image: The image.
  /// - Complexity: O(pixels).
  public init(_ image: GrayImage) {
    var (sum, squareSum) = (0, 0)
    switch image.pixels {
    case .bytes(let bytes):
      for value in bytes {
        sum &+= Int(value)
        squareSum &+= Int(value) &* Int(value)
      }
    case .words(let words):
      for value in words {
        sum &+= Int(value)
        squareSum &+= Int(value) &* Int(value)
      }
    }
    count = image.pixels.count
    let white = Double(image.maximum)
    let level = Double(sum) / Double(count)
    mean = level / white
    squares = max(Double(squareSum) - level * Double(sum), 0) / (white * white)
  }

  /// The standard deviation of the pixels, their squares divided by their number; 0 without pixels.
  public var standardDeviation: Double {
    count > 0 ? (squares / Double(count)).squareRoot() : 0
  }

  /// Adds the pixels of other images.
  ///
  /// - Parameter other: Their moments.
  /// - SeeAlso: Chan, Golub & LeVeque, *COMPSTAT* 1982.
  public mutating func add(_ other: PixelMoments) {
    guard other.count > 0 else { return }
    let total = Double(count + other.count)
    let difference = other.mean - mean
    squares +=
      other.squares + difference * difference * (Double(count) * Double(other.count) / total)
    mean += difference * (Double(other.count) / total)
    count += other.count
  }

  /// The mean and the deviation by which images are standardised.
  ///
  /// - Returns: The standardisation.
  /// - Throws: ``ImageError`` with code `.unfitValue` if there are no pixels or all are equal.
  public func standardization() throws(ImageError) -> Standardization {
    guard standardDeviation > 0 else {
      throw ImageError(
        .unfitValue,
        "\(count) pixels of one value have no standard deviation; use images with a content.")
    }
    return Standardization(mean: mean, standardDeviation: standardDeviation)
  }
}
