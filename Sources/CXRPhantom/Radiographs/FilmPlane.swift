// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A picture of thicknesses, one number a pixel, that shapes are added to.
///
/// Shapes are given in film units: the shorter side of the film is one unit long, x runs from the
/// middle to the right, y from the top of the middle square downwards. So a shape does not depend
/// on the number of pixels. Every loop is a plain one over a box of pixels: a film of a thousand
/// shapes costs little more than one of ten.
struct FilmPlane {
  /// How film units become pixels.
  let frame: FilmFrame
  /// The thicknesses, row by row.
  var values: ContiguousArray<Float>

  init(_ frame: FilmFrame) {
    self.frame = frame
    values = ContiguousArray(repeating: 0, count: frame.width * frame.height)
  }

  /// Adds a disc or ellipse with a soft edge.
  ///
  /// - Parameters:
  ///   - center: The centre.
  ///   - radii: The half axes along x and y before the turn.
  ///   - angle: The turn, in radians.
  ///   - edge: The share of the radius over which it fades to nothing, above 0.
  ///   - amount: What is added in the middle.
  mutating func addDisc(
    _ center: FilmPoint, radii: FilmPoint, angle: Float = 0, edge: Float = 0.2, amount: Float
  ) {
    let (sine, cosine) = (sin(angle), cos(angle))
    let reach = max(radii.x, radii.y)
    let columns = frame.columns(center.x - reach, center.x + reach)
    for row in frame.rows(center.y - reach, center.y + reach) {
      let y = frame.y(row) - center.y
      let start = row * frame.width
      for column in columns {
        let x = frame.x(column) - center.x
        let u = (x * cosine + y * sine) / radii.x
        let v = (y * cosine - x * sine) / radii.y
        let square = u * u + v * v
        guard square < 1 else { continue }
        values[start + column] += amount * ramp((1 - square.squareRoot()) / edge)
      }
    }
  }

  /// Draws a line of varying width, keeping the larger of old and new at each pixel.
  ///
  /// So the pieces of a line do not add up where they overlap.
  ///
  /// - Parameters:
  ///   - points: The corners.
  ///   - radii: Half the width at the first and the last corner.
  ///   - rim: How much stronger the border is than the middle, as of a hollow bone; 0 for a wire.
  ///   - amount: What is drawn in the middle.
  ///   - fading: The share of the amount that is lost by the end.
  mutating func stroke(
    _ points: [FilmPoint], radii: (first: Float, last: Float), rim: Float = 0, amount: Float,
    fading: Float = 0
  ) {
    guard points.count > 1 else { return }
    let step = 1 / Float(points.count - 1)
    for index in 1..<points.count {
      let place = step * (Float(index) - 0.5)
      segment(
        points[index - 1], points[index],
        radius: radii.first + (radii.last - radii.first) * place, rim: rim,
        amount: amount * (1 - fading * place))
    }
  }

  private mutating func segment(
    _ a: FilmPoint, _ b: FilmPoint, radius: Float, rim: Float, amount: Float
  ) {
    // A line thinner than a pixel keeps its contrast times its width.
    let half = max(radius, 0.6 * frame.pixel)
    let strength = amount * radius / half
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let scale = 1 / max(dx * dx + dy * dy, 1e-12)
    let reach = half + 0.5 * frame.pixel
    let columns = frame.columns(min(a.x, b.x) - reach, max(a.x, b.x) + reach)
    for row in frame.rows(min(a.y, b.y) - reach, max(a.y, b.y) + reach) {
      let y = frame.y(row) - a.y
      let start = row * frame.width
      for column in columns {
        let x = frame.x(column) - a.x
        let place = (x * dx + y * dy) * scale
        let along = min(max(place, 0), 1)
        let (px, py) = (x - along * dx, y - along * dy)
        let distance = (px * px + py * py).squareRoot()
        guard distance < reach else { continue }
        // The round ends have no rim, or every joint would show as a bead.
        let part = along == place ? distance / half : 0
        let value = strength * ramp((reach - distance) / (0.45 * reach)) * (1 + rim * part * part)
        if value > values[start + column] { values[start + column] = value }
      }
    }
  }

  /// Adds another plane, weighted, that may be dimmed by a third one.
  mutating func add(_ other: FilmPlane, amount: Float) {
    for index in values.indices { values[index] += amount * other.values[index] }
  }

  /// Multiplies by another plane mixed with one.
  mutating func multiply(by mask: FilmPlane, share: Float) {
    let rest = 1 - share
    for index in values.indices { values[index] *= rest + share * mask.values[index] }
  }
}

/// A place on the film, in film units.
struct FilmPoint {
  var x: Float
  var y: Float

  init(_ x: Float, _ y: Float) {
    self.x = x
    self.y = y
  }
}

/// Rises smoothly from 0 at 0 to 1 at 1.
@inline(__always)
func ramp(_ position: Float) -> Float {
  let t = min(max(position, 0), 1)
  return t * t * (3 - 2 * t)
}
