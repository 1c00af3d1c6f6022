// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The range of rescaled values that is shown, from black to white.
///
/// - SeeAlso: DICOM PS3.3 C.11.2.1.2,
///   <https://dicom.nema.org/medical/dicom/current/output/chtml/part03/sect_C.11.2.html>.
public struct DICOMWindow: Sendable, Equatable {
  /// How values between black and white are shown; the raw value is DICOM's term.
  public enum Shape: String, Sendable {
    /// A ramp of `width − 1` values, as if values were whole numbers.
    case linear = "LINEAR"
    /// A ramp of `width` values.
    case exactlyLinear = "LINEAR_EXACT"
    /// An S that approaches black and white.
    case sigmoid = "SIGMOID"
  }

  /// The value that is shown as middle gray.
  public let center: Double
  /// The extent of the range, at least 1 for ``Shape/linear``, above 0 for the others.
  public let width: Double
  /// How values between black and white are shown.
  public let shape: Shape

  /// Creates a window.
  ///
  /// - Parameters:
  ///   - center: The value that is shown as middle gray.
  ///   - width: The extent of the range.
  ///   - shape: How values between black and white are shown.
  /// - Precondition: The numbers are finite; the width is at least 1 for ``Shape/linear``, above 0
  ///   for the others.
  public init(center: Double, width: Double, shape: Shape = .linear) {
    precondition(center.isFinite && Self.isValid(width: width, shape: shape))
    self.center = center
    self.width = width
    self.shape = shape
  }

  /// Whether a window may have this width.
  static func isValid(width: Double, shape: Shape) -> Bool {
    width.isFinite && (shape == .linear ? width >= 1 : width > 0)
  }

  /// Returns how bright a value is shown.
  ///
  /// - Parameter value: A rescaled value.
  /// - Returns: 0 for black to 1 for white.
  public func brightness(of value: Double) -> Double {
    switch shape {
    case .linear:
      let extent = width - 1
      if value <= center - 0.5 - extent / 2 { return 0 }
      if value > center - 0.5 + extent / 2 { return 1 }
      return (value - (center - 0.5)) / extent + 0.5
    case .exactlyLinear:
      return min(1, max(0, (value - center) / width + 0.5))
    case .sigmoid:
      return 1 / (1 + exp(-4 * (value - center) / width))
    }
  }
}
