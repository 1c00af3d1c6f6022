// SPDX-License-Identifier: Apache-2.0

/// Estimates how much room a text takes: the font that shows it is not known here.
enum TextMetrics {
  /// The width in pixels at 12 points, rather too wide than too narrow.
  static func width(of text: String) -> Double { 7 * Double(text.count) }

  /// Shortens a name that would leave no room for the plot.
  static func shortened(_ name: String, to limit: Int) -> String {
    name.count <= limit ? name : name.prefix(limit - 1) + "…"
  }
}
