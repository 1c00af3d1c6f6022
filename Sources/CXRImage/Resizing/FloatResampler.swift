// SPDX-License-Identifier: Apache-2.0

/// Resizes pixels of any kind in single precision, rounding once at the end.
///
/// Columns go first: they are summed row by row in vectors, and what remains for the rows is small
/// when the image shrinks.
struct FloatResampler {
  private let columns: ResizeAxis
  private let rows: ResizeAxis
  private let columnWeights: [Float]
  private let rowWeights: [Float]

  init(columns: ResizeAxis, rows: ResizeAxis) {
    self.columns = columns
    self.rows = rows
    columnWeights = columns.weights.map { Float($0) }
    rowWeights = rows.weights.map { Float($0) }
  }

  func resample<Pixel: PlanePixel>(_ plane: Plane<Pixel>) -> Plane<Pixel> {
    let width = columns.count
    let bounds = plane.bounds
    var result = ContiguousArray(repeating: plane.black, count: width * rows.count)
    var output = result.mutableSpan
    var line = ContiguousArray<Float>(repeating: 0, count: plane.width)
    var first = 0
    for row in 0..<rows.count {
      sum(
        plane, from: rows.starts[row], weights: first..<(first + rows.counts[row]), into: &line)
      first += rows.counts[row]
      let values = line.span
      let weights = columnWeights.span
      var position = 0
      for column in 0..<width {
        let start = columns.starts[column]
        var value: Float = 0
        for tap in 0..<columns.counts[column] {
          value += values[start &+ tap] * weights[position &+ tap]
        }
        position += columns.counts[column]
        output[row * width + column] = Pixel(nearest: value, in: bounds)
      }
    }
    return plane.with(width: width, height: rows.count, pixels: result)
  }

  /// Sums weighted rows into one.
  private func sum<Pixel: PlanePixel>(
    _ plane: Plane<Pixel>, from start: Int, weights: Range<Int>,
    into line: inout ContiguousArray<Float>
  ) {
    let width = plane.width
    var line = line.mutableSpan
    for (tap, weight) in rowWeights[weights].enumerated() {
      let source = plane.pixels.span.extracting(
        ((start + tap) * width)..<((start + tap + 1) * width))
      if tap == 0 {
        for column in 0..<width { line[column] = source[column].float * weight }
      } else {
        for column in 0..<width { line[column] += source[column].float * weight }
      }
    }
  }
}
