// SPDX-License-Identifier: Apache-2.0
import Foundation

extension FrontalFilm {
  /// The number of ribs drawn on each side.
  static let ribCount = 9

  /// The course of a rib, from the spine to the flank and on to its front end.
  func rib(_ number: Int, _ side: FilmSide) -> (back: [FilmPoint], front: [FilmPoint]) {
    let count = 14
    let k = Float(number)
    let start = anatomy.lungTop + 0.028 + 0.071 * k
    let drop = 0.030 + 0.012 * k
    var back: [FilmPoint] = []
    for index in 0...count {
      let s = Float(index) / Float(count)
      let y = start + drop * s * s - 0.016 * sin(.pi * s)
      let end = anatomy.lateralBorder(start + drop) + 0.001
      let x = 0.035 + (end - 0.035) * sin(0.5 * .pi * min(s * 1.04, 1))
      back.append(FilmPoint(side.sign * x + anatomy.spine(y) * (1 - s), y))
    }
    let flank = back[count]
    let front = (0...count).map { index in
      let s = Float(index) / Float(count)
      let x = flank.x.magnitude * (1 - 0.62 * s * s) - 0.004 * s
      return FilmPoint(side.sign * x, flank.y + (0.095 + 0.012 * k) * sin(0.5 * .pi * s))
    }
    return (back, front)
  }

  /// Draws the ribs into their planes; a broken one is left to the finding.
  mutating func drawRibs(except broken: [(number: Int, side: FilmSide)]) {
    for side in FilmSide.allCases {
      for number in 0..<Self.ribCount where !broken.contains(where: { $0 == (number, side) }) {
        let rib = rib(number, side)
        drawBack(rib.back)
        // The upper ribs' front ends are short, the lower ones leave the film.
        if number < 7 { drawFront(rib.front) }
      }
    }
  }

  mutating func drawBack(_ points: [FilmPoint]) {
    ribs.back.stroke(points, radii: (0.0125, 0.0105), rim: 0.8, amount: 1)
  }

  mutating func drawFront(_ points: [FilmPoint]) {
    ribs.front.stroke(points, radii: (0.0105, 0.0135), rim: 0.6, amount: 0.95, fading: 0.6)
  }

  /// Adds spine, windpipe, collar bones, shoulder blades and upper arms.
  mutating func fillSkeleton() {
    fillSpine()
    var bones = FilmPlane(frame)
    var soft = FilmPlane(frame)
    let top = anatomy.shoulders
    let width = anatomy.halfWidth
    for side in FilmSide.allCases {
      let sign = side.sign
      let inner: Float = 0.36 * width - 0.05 * anatomy.scapulae
      let collar = (0...12).map { index in
        let s = Float(index) / 12
        return FilmPoint(
          sign * (0.035 + s * (width + 0.045)),
          top + 0.068 - 0.055 * s + 0.013 * sin(2 * .pi * s) - 0.012 * anatomy.scapulae * s)
      }
      bones.stroke(collar, radii: (0.0145, 0.0120), rim: 0.6, amount: 0.13)
      let blade = [
        FilmPoint(sign * (inner + 0.20), top + 0.05), FilmPoint(sign * (inner + 0.165), top + 0.16),
        FilmPoint(sign * (inner + 0.20), top + 0.29), FilmPoint(sign * (inner + 0.265), top + 0.12),
        FilmPoint(sign * (inner + 0.33), top + 0.035),
      ]
      bones.stroke(blade, radii: (0.006, 0.008), amount: 0.05)
      bones.stroke(
        [blade[0], FilmPoint(sign * (width + 0.06), top + 0.02)], radii: (0.010, 0.012),
        amount: 0.09)
      density.addDisc(
        FilmPoint(sign * (inner + 0.235), top + 0.15), radii: FilmPoint(0.055, 0.14),
        angle: sign * 0.25, edge: 0.35, amount: 0.055 * anatomy.bone)
      let shoulder = FilmPoint(sign * (width + 0.105), top + 0.055)
      density.addDisc(
        shoulder, radii: FilmPoint(0.050, 0.052), edge: 0.35, amount: 0.14 * anatomy.bone)
      let elbow = FilmPoint(sign * (width + 0.29), top + 0.98)
      bones.stroke([shoulder, elbow], radii: (0.026, 0.020), rim: 0.5, amount: 0.13)
      soft.stroke([shoulder, elbow], radii: (0.075, 0.062), amount: 0.30)
    }
    density.add(bones, amount: anatomy.bone)
    // Arms beside the trunk; where they lie over it, the larger of the two counts.
    for index in density.values.indices {
      let value = soft.values[index]
      density.values[index] = max(density.values[index], value + 0.25 * density.values[index])
    }
  }

  private mutating func fillSpine() {
    for row in 0..<frame.height {
      let y = frame.y(row)
      let start = row * frame.width
      let middle = anatomy.spine(y)
      let half = 0.032 + 0.012 * min(max(y, 0), 1)
      // Bodies and discs take turns.
      let turn = 0.5 + 0.5 * cos(2 * .pi * y / 0.058)
      let body = anatomy.bone * (0.095 + 0.030 * (1 - turn * turn))
      let windpipe = 0.115 * ramp((0.405 - y) / 0.03)
      for column in frame.columns(middle - half - 0.02, middle + half + 0.02) {
        let distance = (frame.x(column) - middle).magnitude
        let process = anatomy.bone * 0.035 * turn * ramp((0.010 - distance) / 0.006 + 0.5)
        density.values[start + column] +=
          body * ramp((half - distance) / 0.022 + 0.5) + process
          - windpipe * ramp((0.017 - distance - 0.4 * anatomy.spineBend) / 0.010 + 0.5)
      }
    }
  }

  /// Adds the ribs: plain over the lungs, faint elsewhere.
  mutating func addRibs() {
    let amount = 0.10 * anatomy.bone
    for index in density.values.indices {
      density.values[index] +=
        amount * (ribs.back.values[index] + ribs.front.values[index])
        * (0.28 + 0.72 * lung.values[index])
    }
  }
}
