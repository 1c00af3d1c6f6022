// SPDX-License-Identifier: Apache-2.0

/// A figure and its drawing.
struct DrawnFigure: Hashable {
  /// The figure.
  let figure: Figure
  /// The drawing: one `svg` element that stands on its own.
  let svg: String

  /// The content of an SVG file.
  var fileText: String { #"<?xml version="1.0" encoding="utf-8"?>"# + "\n" + svg }
}
