// SPDX-License-Identifier: Apache-2.0

/// How a hospital's films look, whatever is on them: contrast, sharpness, borders and markers.
///
///     PhantomSiteStyle(of: .nih)
///
/// The styles differ enough for a small model to tell the datasets apart, as it can with real
/// ones.
public struct PhantomSiteStyle: Hashable, Sendable {
  /// Where the letter of the side stands: a share of the film's width and height.
  struct Marker: Hashable {
    /// `L` or `R`.
    let letter: Character
    let x: Float
    let y: Float
  }

  /// The steepness of the film curve, about 5.
  let contrast: Float
  /// The density that becomes a middle grey.
  let middle: Float
  /// How much the exposure varies from film to film.
  let exposureSpread: Float
  /// How much of each pixel is spread over its neighbours, 0 to 1.
  let blur: Float
  /// The noise's standard deviation; white is 1.
  let noise: Float
  /// The share of films with dark borders.
  let borderShare: Double
  /// The greatest width of a dark border, in film units.
  let borderWidth: Float
  /// The letter of the side.
  let marker: Marker
  /// The brightness of air.
  let air: Float

  /// The style of a dataset's films.
  ///
  /// - Parameter dataset: The dataset; CheXpert Plus shows CheXpert's films.
  public init(of dataset: PhantomDataset) {
    switch dataset {
    case .mimicCXR:
      self.init(
        contrast: 4.6, middle: 0.47, exposureSpread: 0.030, blur: 0.25, noise: 0.012,
        borderShare: 0.45, borderWidth: 0.035, marker: Marker(letter: "L", x: 0.90, y: 0.10))
    case .chexpert, .chexpertPlus:
      self.init(
        contrast: 4.0, middle: 0.44, exposureSpread: 0.045, blur: 0.45, noise: 0.016,
        borderShare: 0.15, borderWidth: 0.020, marker: Marker(letter: "L", x: 0.88, y: 0.05))
    case .nih:
      self.init(
        contrast: 5.2, middle: 0.44, exposureSpread: 0.035, blur: 0.15, noise: 0.010,
        borderShare: 0.20, borderWidth: 0.040, marker: Marker(letter: "L", x: 0.91, y: 0.06))
    case .padchest:
      self.init(
        contrast: 4.9, middle: 0.50, exposureSpread: 0.030, blur: 0.10, noise: 0.008,
        borderShare: 0.10, borderWidth: 0.015, marker: Marker(letter: "R", x: 0.04, y: 0.22),
        air: 0.03)
    case .vindrCXR:
      self.init(
        contrast: 5.6, middle: 0.48, exposureSpread: 0.025, blur: 0.05, noise: 0.007,
        borderShare: 0.05, borderWidth: 0.010, marker: Marker(letter: "R", x: 0.05, y: 0.14),
        air: 0.015)
    }
  }

  private init(
    contrast: Float, middle: Float, exposureSpread: Float, blur: Float, noise: Float,
    borderShare: Double, borderWidth: Float, marker: Marker, air: Float = 0
  ) {
    self.contrast = contrast
    self.middle = middle
    self.exposureSpread = exposureSpread
    self.blur = blur
    self.noise = noise
    self.borderShare = borderShare
    self.borderWidth = borderWidth
    self.marker = marker
    self.air = air
  }
}
