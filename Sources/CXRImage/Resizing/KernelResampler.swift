// SPDX-License-Identifier: Apache-2.0

/// Resizes bytes and words as Pillow does: rows first, then columns, rounding after each.
struct KernelResampler<Sums: KernelSums> {
  /// The weights of one axis, each result's run behind the one before.
  private struct Axis {
    let axis: ResizeAxis
    let weights: [Sums.Weight]

    init(_ axis: ResizeAxis) {
      self.axis = axis
      weights = axis.weights.map { Sums.weight($0) }
    }
  }

  private let columns: Axis
  private let rows: Axis

  init(columns: ResizeAxis, rows: ResizeAxis) {
    self.columns = Axis(columns)
    self.rows = Axis(rows)
  }

  func resample(_ plane: Plane<Sums.Pixel>) -> Plane<Sums.Pixel> {
    let narrowed = columns.axis.isIdentity ? plane : resampleColumns(plane)
    return rows.axis.isIdentity ? narrowed : resampleRows(narrowed)
  }

  private func resampleColumns(_ plane: Plane<Sums.Pixel>) -> Plane<Sums.Pixel> {
    let width = columns.axis.count
    let bounds = plane.bounds
    var result = ContiguousArray(repeating: plane.black, count: width * plane.height)
    var output = result.mutableSpan
    let pixels = plane.pixels.span
    let weights = columns.weights.span
    // Four rows share the weights, and their sums do not wait for each other.
    let last = plane.height - 1
    for row in stride(from: 0, to: plane.height, by: 4) {
      let r0 = row * plane.width
      let r1 = min(row + 1, last) * plane.width
      let r2 = min(row + 2, last) * plane.width
      let r3 = min(row + 3, last) * plane.width
      var first = 0
      for column in 0..<width {
        let start = columns.axis.starts[column]
        let count = columns.axis.counts[column]
        var (s0, s1, s2, s3) = (Sums.start, Sums.start, Sums.start, Sums.start)
        for tap in 0..<count {
          let weight = weights[first &+ tap]
          let position = start &+ tap
          Sums.add(pixels[r0 &+ position], weight, to: &s0)
          Sums.add(pixels[r1 &+ position], weight, to: &s1)
          Sums.add(pixels[r2 &+ position], weight, to: &s2)
          Sums.add(pixels[r3 &+ position], weight, to: &s3)
        }
        first += count
        output[min(row + 3, last) * width + column] = Sums.pixel(s3, in: bounds)
        output[min(row + 2, last) * width + column] = Sums.pixel(s2, in: bounds)
        output[min(row + 1, last) * width + column] = Sums.pixel(s1, in: bounds)
        output[row * width + column] = Sums.pixel(s0, in: bounds)
      }
    }
    return plane.with(width: width, height: plane.height, pixels: result)
  }

  private func resampleRows(_ plane: Plane<Sums.Pixel>) -> Plane<Sums.Pixel> {
    let height = rows.axis.count
    let width = plane.width
    let bounds = plane.bounds
    var result = ContiguousArray(repeating: plane.black, count: width * height)
    var output = result.mutableSpan
    let pixels = plane.pixels.span
    var sums = ContiguousArray(repeating: Sums.start, count: width)
    var first = 0
    for row in 0..<height {
      for column in 0..<width { sums[column] = Sums.start }
      var line = sums.mutableSpan
      for tap in 0..<rows.axis.counts[row] {
        let weight = rows.weights[first + tap]
        let source = pixels.extracting(
          ((rows.axis.starts[row] + tap) * width)..<((rows.axis.starts[row] + tap + 1) * width))
        for column in 0..<width { Sums.add(source[column], weight, to: &line[column]) }
      }
      first += rows.axis.counts[row]
      for column in 0..<width {
        output[row * width + column] = Sums.pixel(line[column], in: bounds)
      }
    }
    return plane.with(width: width, height: height, pixels: result)
  }
}
