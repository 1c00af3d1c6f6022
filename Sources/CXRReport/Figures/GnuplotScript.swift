// SPDX-License-Identifier: Apache-2.0

/// Builds a script for gnuplot, measured in pixels from the upper left corner.
struct GnuplotScript {
  /// The width of the figure in pixels.
  let width: Double
  /// The height of the figure in pixels.
  let height: Double
  /// The script so far.
  private(set) var text = ""
  private var blockCount = 0

  /// Starts a script.
  ///
  /// - Parameters:
  ///   - title: The title at its top.
  ///   - width: The width in pixels.
  ///   - height: The height in pixels.
  init(title: String, width: Double, height: Double) {
    self.width = width
    self.height = height
    add(
      """
      set encoding utf8
      set terminal svg size \(Int(width)),\(Int(height)) fixed noenhanced font 'Helvetica,12' \
      background '#ffffff'
      set border 3 lw 1 lc rgb '#444444'
      set tics nomirror out scale 0.5 textcolor rgb '#222222'
      set multiplot
      """)
    label(title, x: 12, y: 18, size: 15)
  }

  /// Ends the script.
  ///
  /// - Returns: The whole script.
  consuming func finished() -> String {
    add("unset multiplot")
    return text
  }

  /// Adds lines as they are.
  mutating func add(_ lines: String) { text += lines + "\n" }

  /// Quotes a text so that nothing in it is a command: single quotes know no escapes.
  static func quoted(_ text: String) -> String {
    "'" + text.singleLine.replacing("'", with: "''") + "'"
  }

  /// Adds numbers and returns the name of the block that holds them.
  ///
  /// - Parameter rows: The numbers, row by row; rows with a number that is not finite are left out.
  /// - Returns: The name of the block.
  mutating func data(_ rows: [[Double]]) -> String {
    blockCount += 1
    let name = "$data\(blockCount)"
    let lines = rows.filter { $0.allSatisfy(\.isFinite) }
      .map { $0.map { "\($0)" }.joined(separator: " ") }
    add(([name + " << END"] + lines + ["END"]).joined(separator: "\n"))
    return name
  }

  /// Adds a text at a place in pixels.
  mutating func label(_ text: String, x: Double, y: Double, size: Int = 12) {
    add("set label \(Self.quoted(text)) at screen \(across(x)),\(down(y)) left font ',\(size)'")
  }

  /// Adds a box with centred lines of text, in pixels; the first line is bold.
  mutating func box(
    _ lines: [String], left: Double, top: Double, width: Double, height: Double, fill: String
  ) {
    add(
      "set object rectangle from screen \(across(left)),\(down(top)) "
        + "to screen \(across(left + width)),\(down(top + height)) "
        + "fc rgb '\(fill)' fs solid border lc rgb '#444444' back")
    let first = top + height / 2 - Self.lineHeight * Double(lines.count - 1) / 2
    for (index, line) in lines.enumerated() {
      let font = index == 0 ? "Helvetica:Bold,12" : ",12"
      add(
        "set label \(Self.quoted(line)) at screen \(across(left + width / 2)),"
          + "\(down(first + Self.lineHeight * Double(index))) center font '\(font)'")
    }
  }

  /// The distance between lines of text in a box, in pixels.
  static let lineHeight = 17.0

  /// Adds an arrow between two places in pixels.
  mutating func arrow(fromX: Double, y fromY: Double, toX: Double, y toY: Double) {
    add(
      "set arrow from screen \(across(fromX)),\(down(fromY)) "
        + "to screen \(across(toX)),\(down(toY)) "
        + "size screen \(9 / width),20 filled lw 1.4 lc rgb '#444444' back")
  }

  /// Places the next plot: its axes enclose this rectangle, in pixels.
  mutating func place(left: Double, top: Double, width: Double, height: Double) {
    add(
      """
      set lmargin at screen \(across(left))
      set rmargin at screen \(across(left + width))
      set tmargin at screen \(down(top))
      set bmargin at screen \(down(top + height))
      """)
  }

  /// Adds the legend: a line, a point and the name of each model.
  ///
  /// - Parameters:
  ///   - models: The models' names.
  ///   - top: Where the legend begins, in pixels.
  mutating func legend(_ models: [String], top: Double) {
    let names = Self.legendNames(of: models)
    for (index, place) in Self.legendPlaces(of: names, width: width).enumerated() {
      let style = SeriesStyle(of: index)
      let y = down(top + 11 + place.y)
      let x = 16 + place.x
      add(
        """
        set arrow from screen \(across(x)),\(y) to screen \(across(x + 26)),\(y) nohead lw 2.5 \
        lc rgb '\(style.colour)' dt \(style.dashType)
        set label '' at screen \(across(x + 13)),\(y) point pt \(style.pointType) ps 0.7 \
        lc rgb '\(style.colour)'
        """)
      label(names[index], x: x + 33, y: top + 11 + place.y)
    }
  }

  /// The height of the legend in pixels.
  static func legendHeight(of models: [String], width: Double) -> Double {
    (legendPlaces(of: legendNames(of: models), width: width).last?.y ?? 0) + 26
  }

  /// Forgets the labels, arrows and rectangles drawn so far, so that the next plot starts clean.
  mutating func clearAnnotations() { add("unset label; unset arrow; unset object") }

  private static func legendNames(of models: [String]) -> [String] {
    models.map { TextMetrics.shortened($0.singleLine, to: 70) }
  }

  private static func legendPlaces(
    of names: [String], width: Double
  ) -> [(x: Double, y: Double)] {
    var places: [(x: Double, y: Double)] = []
    var (x, y) = (0.0, 0.0)
    for name in names {
      let needed = 56 + TextMetrics.width(of: name)
      if x > 0, x + needed > width - 16 { (x, y) = (0, y + 22) }
      places.append((x, y))
      x += needed
    }
    return places
  }

  private func across(_ pixels: Double) -> Double { pixels / width }
  private func down(_ pixels: Double) -> Double { 1 - pixels / height }
}
