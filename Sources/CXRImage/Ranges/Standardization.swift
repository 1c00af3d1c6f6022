// SPDX-License-Identifier: Apache-2.0

/// A mean and a standard deviation by which images are standardised, on the scale [0, 1].
///
///     let train = Standardization(mean: 0.473, standardDeviation: 0.289)
///     let input = unit.standardized(by: train)
public struct Standardization: Sendable, Hashable, Codable {
  /// The mean, black being 0 and white 1.
  public let mean: Double
  /// The standard deviation on the same scale, above 0.
  public let standardDeviation: Double

  /// Creates a standardisation.
  ///
  /// - Parameters:
  ///   - mean: The mean, black being 0 and white 1.
  ///   - standardDeviation: The standard deviation on the same scale.
  /// - Precondition: Both are finite and the deviation is above 0.
  public init(mean: Double, standardDeviation: Double) {
    precondition(Self.isValid(mean, standardDeviation))
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// Reads a standardisation.
  ///
  /// - Throws: `DecodingError` if a number is missing, not finite, or the deviation not above 0.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    mean = try container.decode(Double.self, forKey: .mean)
    standardDeviation = try container.decode(Double.self, forKey: .standardDeviation)
    guard Self.isValid(mean, standardDeviation) else {
      throw DecodingError.dataCorruptedError(
        forKey: .standardDeviation, in: container,
        debugDescription: "a standard deviation is above 0")
    }
  }

  private static func isValid(_ mean: Double, _ deviation: Double) -> Bool {
    mean.isFinite && deviation.isFinite && deviation > 0
  }

  /// The statistics of ImageNet, one for each of red, green and blue.
  ///
  /// Models trained on them want one plane for each, made from the same radiograph.
  public static let imageNet = [
    Standardization(mean: 0.485, standardDeviation: 0.229),
    Standardization(mean: 0.456, standardDeviation: 0.224),
    Standardization(mean: 0.406, standardDeviation: 0.225),
  ]
}

extension RangedImage where Range == UnitRange {
  /// Returns the image less a mean, in standard deviations.
  ///
  /// - Parameter standardization: The mean and the standard deviation.
  /// - Returns: An image without bounds.
  /// - Complexity: O(pixels).
  public func standardized(by standardization: Standardization) -> RangedImage<StandardizedRange> {
    let mean = Float(standardization.mean)
    let deviation = Float(standardization.standardDeviation)
    return RangedImage<StandardizedRange>(
      width: width, height: height,
      checked: pixels.mapped { ($0 - mean) / deviation })
  }
}
