// SPDX-License-Identifier: Apache-2.0
internal import CXRImage

/// What can be wrong with an image itself, whatever it was to show.
public enum ImageFailure: String, CaseIterable, Codable, Sendable {
  /// The generator came to numbers that are NaN or infinite.
  case notFinite = "not finite"
  /// All pixels are black, or nearly.
  case black
  /// All pixels are of one gray, or nearly.
  case blank

  /// How many grays of 255 count as one.
  static let tolerance = 2

  /// Looks whether there is anything to see on an image; `nil` if its grays span more than 2 of 255.
  ///
  /// - Parameter image: An image of up to 8 bits.
  /// - Complexity: O(pixels).
  init?(of image: GrayImage) {
    guard case .bytes(let bytes) = image.pixels, let first = bytes.first else { return nil }
    var (darkest, brightest) = (first, first)
    for byte in bytes {
      darkest = min(darkest, byte)
      brightest = max(brightest, byte)
    }
    let limit = Self.tolerance * image.maximum / 255
    if Int(brightest) <= limit {
      self = .black
    } else if Int(brightest - darkest) <= limit {
      self = .blank
    } else {
      return nil
    }
  }
}
