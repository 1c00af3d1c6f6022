// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
import Foundation

extension FrontalFilm {
  /// A region of a lung that lost its air, wholly or partly.
  struct Patch {
    let center: FilmPoint
    let radii: FilmPoint
    /// The share of the radius over which it fades.
    var edge: Float = 0.6
    /// How dense it is; a lung full of fluid has about 0.4.
    let amount: Float
    /// A height that it does not cross, above or below, as a fissure.
    var fissure: (height: Float, liesAbove: Bool)?
  }

  /// Adds a patch within the lungs and hides the vessels in it.
  mutating func add(_ patch: Patch, grain: FilmGrain) {
    let (center, radii) = (patch.center, patch.radii)
    let hiding = min(patch.amount * 2, 0.9)
    for row in frame.rows(center.y - radii.y, center.y + radii.y) {
      let y = frame.y(row)
      let v = (y - center.y) / radii.y
      let start = row * frame.width
      var limit: Float = 1
      if let fissure = patch.fissure {
        limit = ramp((fissure.liesAbove ? fissure.height - y : y - fissure.height) / 0.012 + 0.5)
      }
      guard limit > 0 else { continue }
      for column in frame.columns(center.x - radii.x, center.x + radii.x) {
        let x = frame.x(column)
        let u = (x - center.x) / radii.x
        let square = u * u + v * v
        let index = start + column
        guard square < 1, lung.values[index] > 0 else { continue }
        let share =
          limit * ramp((1 - square.squareRoot()) / patch.edge) * min(grain.value(x, y), 1.25)
        density.values[index] += patch.amount * share * lung.values[index]
        vessels.values[index] *= 1 - hiding * min(share, 1)
      }
    }
  }

  /// Consolidation: a lobe without air, bounded by its fissure, with the airways left dark.
  mutating func addConsolidation(_ grade: Float, _ draws: inout PhantomDraws) {
    let isUpper = draws.happens(0.6)
    let grain = FilmGrain(cell: 0.035, depth: 0.35, draws: &draws)
    let jitter = FilmPoint(0.012 * draws.deviate(), 0.012 * draws.deviate())
    let amount = 0.13 + 0.24 * grade
    let width = anatomy.halfWidth
    let center: FilmPoint
    if isUpper {
      center = FilmPoint(-0.48 * width + jitter.x, 0.33 + jitter.y)
      add(
        Patch(
          center: center, radii: FilmPoint(0.15 + 0.03 * grade, 0.15 + 0.04 * grade), edge: 0.5,
          amount: amount, fissure: (0.43 + jitter.y, true)), grain: grain)
    } else {
      center = FilmPoint(0.60 * width + jitter.x, 0.70 + jitter.y)
      add(
        Patch(
          center: center, radii: FilmPoint(0.15 + 0.03 * grade, 0.12 + 0.05 * grade), edge: 0.5,
          amount: amount), grain: grain)
    }
    var airways = FilmPlane(frame)
    for _ in 0..<5 {
      let angle = Float(draws.unit()) * 2 * .pi
      let end = FilmPoint(center.x + 0.07 * cos(angle), center.y + 0.07 * sin(angle))
      airways.stroke([center, end], radii: (0.005, 0.003), amount: 1)
    }
    airways.multiply(by: lung, share: 1)
    density.add(airways, amount: -0.35 * amount)
  }

  /// Pneumonia: a patch with ragged borders and a coarse pattern beside the heart or in a base.
  mutating func addPneumonia(_ grade: Float, _ draws: inout PhantomDraws) {
    let side: FilmSide = draws.happens(0.7) ? .right : .left
    let width = anatomy.halfWidth
    let grain = FilmGrain(cell: 0.018, depth: 0.75, draws: &draws)
    for _ in 0..<3 {
      let center = FilmPoint(
        side.sign * (0.50 * width + 0.020 * draws.deviate()), 0.62 + 0.020 * draws.deviate())
      add(
        Patch(
          center: center, radii: FilmPoint(0.075 + 0.035 * grade, 0.065 + 0.035 * grade),
          edge: 0.9, amount: 0.07 + 0.13 * grade), grain: grain)
    }
  }

  /// Lung Opacity: an even haze through which the vessels show.
  mutating func addOpacity(_ grade: Float, _ draws: inout PhantomDraws) {
    let side: FilmSide = draws.happens(0.4) ? .right : .left
    let grain = FilmGrain(cell: 0.06, depth: 0.2, draws: &draws)
    let center = FilmPoint(
      side.sign * (0.60 * anatomy.halfWidth + 0.015 * draws.deviate()),
      0.50 + 0.04 * draws.deviate())
    add(
      Patch(
        center: center, radii: FilmPoint(0.15 + 0.03 * grade, 0.17 + 0.06 * grade), edge: 0.8,
        amount: 0.11 + 0.16 * grade), grain: grain)
  }

  /// Edema: wings of haze beside both hila, fine lines at the flanks, thick upper vessels.
  mutating func addEdema(_ grade: Float, _ draws: inout PhantomDraws) {
    let grain = FilmGrain(cell: 0.028, depth: 0.35, draws: &draws)
    var lines = FilmPlane(frame)
    for index in vessels.values.indices { vessels.values[index] *= 1 + 0.5 * grade }
    for side in FilmSide.allCases {
      let width = anatomy.halfWidth
      add(
        Patch(
          center: FilmPoint(side.sign * 0.36 * width, 0.50),
          radii: FilmPoint(0.14 + 0.05 * grade, 0.19 + 0.07 * grade), edge: 0.9,
          amount: 0.07 + 0.20 * grade), grain: grain)
      for line in 0..<4 + Int(8 * grade) {
        let y = (anatomy.domes[side] ?? 0.77) + 0.02 - 0.014 * Float(line)
        let x = anatomy.lateralBorder(y) - 0.012
        let length = 0.018 + 0.012 * Float(draws.unit())
        lines.stroke(
          [FilmPoint(side.sign * x, y), FilmPoint(side.sign * (x - length), y + 0.002)],
          radii: (0.0016, 0.0012), amount: 1)
      }
    }
    // Like vessels they are hidden by fluid.
    let amount = 0.5 + 0.6 * grade
    for index in vessels.values.indices {
      vessels.values[index] = max(vessels.values[index], amount * lines.values[index])
    }
  }

  /// Lung Lesion: one round nodule, or two or three when the grade is high.
  mutating func addLesion(_ grade: Float, _ draws: inout PhantomDraws) {
    let count = 1 + Int(2.4 * grade * Float(draws.unit()))
    for number in 0..<count {
      let side: FilmSide = draws.happens(number == 0 ? 0.85 : 0.4) ? .right : .left
      let radius = (number == 0 ? 0.024 + 0.030 * grade : 0.020) * (1 + 0.06 * draws.deviate())
      let place = FilmPoint(
        side.sign * (0.62 * anatomy.halfWidth + 0.012 * draws.deviate()),
        (number == 0 ? 0.47 : 0.60) + 0.013 * draws.deviate())
      density.addDisc(
        place, radii: FilmPoint(radius, radius * 0.94), edge: 0.35, amount: 0.20 + 0.08 * grade)
    }
  }
}
