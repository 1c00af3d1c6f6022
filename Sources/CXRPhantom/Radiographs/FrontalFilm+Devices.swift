// SPDX-License-Identifier: Apache-2.0
import Foundation

extension FrontalFilm {
  /// Support Devices: electrodes with wires at least, then a central line, a pacemaker or tubes.
  mutating func addDevices(_ grade: Float, _ draws: inout PhantomDraws) {
    var metal = FilmPlane(frame)
    addElectrodes(&draws, on: &metal)
    let hasPacemaker = draws.happens(0.55)
    if hasPacemaker { addPacemaker(&draws, on: &metal) }
    if !hasPacemaker || grade > 0.4 { addCentralLine(&draws, on: &metal) }
    if grade > 0.5 || draws.happens(0.3) { addTubes(&draws, on: &metal) }
    if grade > 0.7 { addSternalWires(on: &metal) }
    density.add(metal, amount: 0.22 + 0.22 * grade)
  }

  private func addElectrodes(_ draws: inout PhantomDraws, on metal: inout FilmPlane) {
    let places: [(Float, Float)] = [(-0.68, 0.28), (0.68, 0.29), (-0.62, 0.66), (0.72, 0.68)]
    for (x, y) in places {
      let place = FilmPoint(
        x * anatomy.halfWidth + 0.010 * draws.deviate(), y + 0.010 * draws.deviate())
      metal.addDisc(place, radii: FilmPoint(0.017, 0.017), edge: 0.3, amount: 0.8)
      let side: Float = x < 0 ? -1 : 1
      let end = FilmPoint(place.x + side * 0.03 * Float(draws.unit()), 1.05)
      let middle = FilmPoint(
        place.x + side * (0.05 + 0.03 * Float(draws.unit())), 0.5 * (place.y + 1.05))
      metal.stroke(Self.curve(place, middle, end), radii: (0.0032, 0.0032), amount: 0.8)
    }
  }

  private func addPacemaker(_ draws: inout PhantomDraws, on metal: inout FilmPlane) {
    let place = FilmPoint(
      0.70 * anatomy.halfWidth + 0.008 * draws.deviate(), 0.285 + 0.008 * draws.deviate())
    metal.addDisc(place, radii: FilmPoint(0.050, 0.043), edge: 0.10, amount: 1.1)
    let vein = FilmPoint(-0.035, 0.30)
    let atrium = FilmPoint(-0.055, 0.56)
    let apex = FilmPoint(anatomy.heart.left * 0.55, 0.735)
    let lead = Self.curve(place, FilmPoint(0.13, 0.16), vein)
    metal.stroke(lead, radii: (0.0040, 0.0040), amount: 0.9)
    metal.stroke(
      Self.curve(vein, FilmPoint(-0.045, 0.42), atrium), radii: (0.0040, 0.0040), amount: 0.9)
    metal.stroke(
      Self.curve(vein, FilmPoint(-0.085, 0.66), apex), radii: (0.0040, 0.0040), amount: 0.9)
    metal.addDisc(apex, radii: FilmPoint(0.010, 0.006), edge: 0.2, amount: 0.8)
  }

  private func addCentralLine(_ draws: inout PhantomDraws, on metal: inout FilmPlane) {
    let start = FilmPoint(-0.10 - 0.02 * Float(draws.unit()), -0.02)
    let end = FilmPoint(-0.045, 0.44 + 0.012 * draws.deviate())
    metal.stroke(
      Self.curve(start, FilmPoint(-0.075, 0.22), end), radii: (0.0042, 0.0036), amount: 0.8)
  }

  private func addTubes(_ draws: inout PhantomDraws, on metal: inout FilmPlane) {
    let tip = 0.32 + 0.015 * draws.deviate()
    let x = anatomy.spine(0.2) + 0.006
    for offset: Float in [-0.010, 0.010] {
      metal.stroke(
        [FilmPoint(x + offset, -0.02), FilmPoint(x + offset, tip)], radii: (0.0032, 0.0032),
        amount: 0.7)
    }
    let stomach = FilmPoint(
      0.16 + 0.02 * Float(draws.unit()), (anatomy.domes[.left] ?? 0.78) + 0.11)
    let gullet = [FilmPoint(-0.018, -0.02), FilmPoint(-0.012, 0.4)]
    metal.stroke(
      gullet + Self.curve(gullet[1], FilmPoint(0.02, 0.80), stomach), radii: (0.0046, 0.0046),
      amount: 0.7)
  }

  private func addSternalWires(on metal: inout FilmPlane) {
    for number in 0..<5 {
      let y = 0.30 + 0.075 * Float(number)
      let points = (0...10).map { index in
        let angle = 2 * Float.pi * Float(index) / 10
        return FilmPoint(0.004 + 0.020 * cos(angle), y + 0.011 * sin(angle))
      }
      metal.stroke(points, radii: (0.0024, 0.0024), amount: 0.9)
    }
  }

  /// A smooth line that begins and ends at two points and leans towards a third.
  static func curve(_ start: FilmPoint, _ pull: FilmPoint, _ end: FilmPoint) -> [FilmPoint] {
    (0...12).map { index in
      let t = Float(index) / 12
      let (a, b, c) = ((1 - t) * (1 - t), 2 * t * (1 - t), t * t)
      return FilmPoint(
        a * start.x + b * pull.x + c * end.x, a * start.y + b * pull.y + c * end.y)
    }
  }
}
