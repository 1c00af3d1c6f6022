// SPDX-License-Identifier: Apache-2.0
import Foundation

extension FrontalFilm {
  /// Draws the vessels of both lungs: trees that leave the hila and become thinner.
  mutating func drawVessels(_ draws: inout PhantomDraws) {
    for side in FilmSide.allCases {
      let hilum = FilmPoint(
        side.sign * (0.072 + 0.012) + anatomy.shift, side == .left ? 0.445 : 0.465)
      let branches = 11
      for branch in 0..<branches {
        // From straight up over sideways to straight down, more of them downwards.
        let turn = (Float(branch) + 0.3 + 0.5 * Float(draws.unit())) / Float(branches)
        let angle = -0.46 * Float.pi + 0.93 * .pi * turn
        let length = (0.085 + 0.075 * Float(draws.unit())) * anatomy.halfWidth / 0.36
        grow(
          from: hilum, angle: angle, length: length, radius: 0.0070 * anatomy.coarseness,
          side: side, depth: 4, draws: &draws)
      }
      vessels.addDisc(
        FilmPoint(hilum.x - side.sign * 0.008, hilum.y), radii: FilmPoint(0.030, 0.058),
        angle: side.sign * -0.25, edge: 0.8, amount: 1.1)
    }
  }

  private mutating func grow(
    from start: FilmPoint, angle: Float, length: Float, radius: Float, side: FilmSide, depth: Int,
    draws: inout PhantomDraws
  ) {
    let bend = 0.5 * Float(draws.unit() - 0.5)
    let middle = FilmPoint(
      start.x + side.sign * cos(angle) * length * 0.5, start.y + sin(angle) * length * 0.5)
    let end = FilmPoint(
      middle.x + side.sign * cos(angle + bend) * length * 0.5,
      middle.y + sin(angle + bend) * length * 0.5)
    vessels.stroke(
      [start, middle, end], radii: (radius, radius * 0.66), amount: 40 * radius + 0.30)
    guard depth > 1 else { return }
    for fork in 0..<2 {
      let turn = (fork == 0 ? -0.32 : 0.36) + 0.35 * Float(draws.unit() - 0.5)
      grow(
        from: end, angle: angle + bend + turn, length: length * 0.76, radius: radius * 0.62,
        side: side, depth: depth - 1, draws: &draws)
    }
  }

  /// Adds the vessels where lung is, and the fine pattern of those too thin to be drawn.
  mutating func addVessels(_ draws: inout PhantomDraws) {
    let coarse = FilmGrain(cell: 0.030, depth: 0.5, draws: &draws)
    let fine = FilmGrain(cell: 0.0085, depth: 0.7, draws: &draws)
    for row in frame.rows(anatomy.lungTop - 0.02, 1) {
      let y = frame.y(row)
      let start = row * frame.width
      for column in frame.columns(-anatomy.halfWidth, anatomy.halfWidth) {
        let index = start + column
        let air = lung.values[index]
        guard air > 0.01 else { continue }
        let x = frame.x(column)
        density.values[index] +=
          air * (0.17 * vessels.values[index] + 0.045 * (coarse.value(x, y) * fine.value(x, y) - 1))
      }
    }
  }

  /// Adds the aortic arch's wall, the stomach's air and what lies over the ribs.
  mutating func fillSoftTissue(_ draws: inout PhantomDraws) {
    let width = anatomy.halfWidth
    if anatomy.calcification > 0.1 {
      var rim = FilmPlane(frame)
      let radius = anatomy.knob
      let points = (0...8).map { index in
        let angle = -1.2 + 2.2 * Float(index) / 8
        return FilmPoint(
          anatomy.band.left + anatomy.shift - 0.2 * radius + radius * cos(angle),
          anatomy.knobHeight + radius * sin(angle))
      }
      rim.stroke(points, radii: (0.003, 0.003), amount: 1)
      density.add(rim, amount: 0.16 * anatomy.calcification)
    }
    let dome = anatomy.domes[.left] ?? 0.78
    let bubble = 0.022 + 0.02 * Float(draws.unit())
    density.addDisc(
      FilmPoint(0.14 + 0.05 * Float(draws.unit()), dome + 0.035 + bubble),
      radii: FilmPoint(0.055 + 0.03 * Float(draws.unit()), bubble), edge: 0.4, amount: -0.20)
    for side in FilmSide.allCases {
      let sign = side.sign
      if anatomy.breast > 0 {
        let size = anatomy.breast
        // The lower border is the plain one: a second, smaller disc sharpens it.
        let center = FilmPoint(sign * (0.52 * width + 0.01), 0.655 + 0.035 * size)
        let radii = FilmPoint(0.145 * size, 0.150 * size)
        density.addDisc(center, radii: radii, edge: 0.75, amount: 0.11 * size)
        density.addDisc(
          FilmPoint(center.x, center.y + 0.02), radii: FilmPoint(radii.x * 0.97, radii.y * 0.87),
          edge: 0.16, amount: 0.08 * size)
      } else {
        density.addDisc(
          FilmPoint(sign * 0.60 * width, 0.40), radii: FilmPoint(0.15, 0.16), edge: 0.9,
          amount: 0.035)
      }
    }
  }
}
