// SPDX-License-Identifier: Apache-2.0

/// The size of a film in pixels, and how film units become pixels.
struct FilmFrame {
  let width: Int
  let height: Int
  /// The length of a pixel in film units.
  let pixel: Float
  private let left: Float
  private let top: Float

  /// Lays a frame over the film.
  ///
  /// - Parameters:
  ///   - width: The width in pixels.
  ///   - height: The height in pixels.
  ///   - center: What lies in the middle of the frame; (0, 0.5) for a film without a shift.
  ///   - zoom: How much larger things appear.
  init(width: Int, height: Int, center: FilmPoint = FilmPoint(0, 0.5), zoom: Float = 1) {
    self.width = width
    self.height = height
    pixel = 1 / (Float(min(width, height)) * zoom)
    left = center.x + (0.5 - Float(width) / 2) * pixel
    top = center.y + (0.5 - Float(height) / 2) * pixel
  }

  /// The x of the middle of a column.
  @inline(__always)
  func x(_ column: Int) -> Float { left + Float(column) * pixel }

  /// The y of the middle of a row.
  @inline(__always)
  func y(_ row: Int) -> Float { top + Float(row) * pixel }

  /// The columns whose middles lie between two x.
  func columns(_ low: Float, _ high: Float) -> Range<Int> {
    Self.range(low - left, high - left, pixel: pixel, count: width)
  }

  /// The rows whose middles lie between two y.
  func rows(_ low: Float, _ high: Float) -> Range<Int> {
    Self.range(low - top, high - top, pixel: pixel, count: height)
  }

  private static func range(_ low: Float, _ high: Float, pixel: Float, count: Int) -> Range<Int> {
    let limit = Float(count)
    let first = Int(min(max((low / pixel).rounded(.up), 0), limit))
    let end = Int(min(max((high / pixel).rounded(.down) + 1, 0), limit))
    return first..<max(first, end)
  }
}
