// SPDX-License-Identifier: Apache-2.0

/// How the curves and points of one model look: colours that colour-blind readers can tell apart.
///
/// - SeeAlso: Okabe and Ito, *Color Universal Design* (2008), <https://jfly.uni-koeln.de/color/>.
struct SeriesStyle {
  /// The colour in hexadecimal.
  let colour: String
  /// gnuplot's number of the point's shape.
  let pointType: Int
  /// gnuplot's number of the dash pattern; 1 is solid.
  let dashType: Int

  /// The style of the model at a position; after eight models the colours return, dashed.
  init(of index: Int) {
    colour = Self.colours[index % Self.colours.count]
    pointType = Self.pointTypes[index % Self.pointTypes.count]
    dashType = 1 + index / Self.colours.count % 4
  }

  /// The grey of everything that chance explains.
  static let chanceColour = "#c4c4c4"
  /// The grey of reference lines.
  static let referenceColour = "#8c8c8c"

  // Blue, vermilion, bluish green, reddish purple, orange, sky blue, black, grey.
  private static let colours = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#767676",
  ]
  // Disc, square, triangle, inverted triangle, diamond.
  private static let pointTypes = [7, 5, 9, 11, 13]
}
