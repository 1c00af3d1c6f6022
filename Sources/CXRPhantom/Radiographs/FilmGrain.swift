// SPDX-License-Identifier: Apache-2.0

/// A cloudy pattern: random values at the corners of squares, smooth in between, 1 on average.
struct FilmGrain {
  private let values: [Float]
  private let cell: Float
  private static let side = 32

  /// Draws the values at the corners.
  ///
  /// - Parameters:
  ///   - cell: The side of a square, in film units.
  ///   - depth: How far values may lie from 1, 0 to 1.
  ///   - draws: The draws.
  init(cell: Float, depth: Float, draws: inout PhantomDraws) {
    self.cell = cell
    values = (0..<Self.side * Self.side).map { _ in 1 + depth * (2 * Float(draws.unit()) - 1) }
  }

  /// The value at a place; the pattern repeats after 32 squares.
  @inline(__always)
  func value(_ x: Float, _ y: Float) -> Float {
    let (u, v) = (x / cell + 512, y / cell + 512)
    let (column, row) = (Int(u), Int(v))
    let (s, t) = (ramp(u - Float(column)), ramp(v - Float(row)))
    let left = column & 31
    let right = (column + 1) & 31
    let top = (row & 31) * Self.side
    let bottom = ((row + 1) & 31) * Self.side
    let above = values[top + left] + (values[top + right] - values[top + left]) * s
    let below = values[bottom + left] + (values[bottom + right] - values[bottom + left]) * s
    return above + (below - above) * t
  }
}
