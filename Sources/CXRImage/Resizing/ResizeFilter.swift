// SPDX-License-Identifier: Apache-2.0

/// How pixels of another size are computed; the rules are those of the named libraries.
///
/// | filter | same as | 8 bit | 16 bit | float |
/// |---|---|---|---|---|
/// | ``area`` | OpenCV `INTER_AREA`, both sides shrinking or both growing | ±1 | ±1 | 1e-5 |
/// | ``adaptiveArea`` | PyTorch `mode="area"`, MONAI's `Resize` | ±1 | ±1 | 1e-5 |
/// | ``bilinear``, ``bicubic`` | Pillow; PyTorch with `antialias=True` | exact | exact | 1e-5 |
/// | ``lanczos`` | Pillow | exact | exact | 1e-5 |
/// | ``pointBilinear`` | PyTorch with `antialias=False`, OpenCV `INTER_LINEAR` | ±1 | ±1 | 1e-5 |
/// | ``cornerBilinear`` | TensorFlow 1, torch-fidelity | ±1 | ±1 | 1e-5 |
/// | ``nearest`` | PyTorch `nearest-exact`; Pillow but for ties | exact | exact | exact |
///
/// Bilinear, bicubic and Lanczos are exact against Pillow. The float tolerance is for values in [0, 1]. Bicubic and Lanczos
/// filters swing past black and white; such values are cut off.
public enum ResizeFilter: String, Sendable, CaseIterable, Codable {
  /// The mean of the area that a pixel covers, fractions of pixels included.
  case area
  /// The mean of all pixels that a pixel touches, each counting in full.
  case adaptiveArea = "adaptive-area"
  /// A triangle as wide as the pixels of the result, or of the source when enlarging.
  case bilinear
  /// Keys's cubic with *a* = −0.5, widened as above.
  case bicubic
  /// A sinc of three lobes, widened as above.
  case lanczos
  /// Two neighbours on each axis, whatever the factor: aliases when shrinking.
  case pointBilinear = "point-bilinear"
  /// The same, with the corners of the pixels in place of their centres: shifted by up to a pixel.
  case cornerBilinear = "corner-bilinear"
  /// The pixel that contains the centre: for masks.
  case nearest

  /// Whether the sums are taken in floats and rounded once, in place of Pillow's arithmetic.
  var isMean: Bool { self == .area || self == .adaptiveArea }
}
