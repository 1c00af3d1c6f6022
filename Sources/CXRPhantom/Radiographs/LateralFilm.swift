// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
import Foundation

/// A lateral film while it is made; simpler than a frontal one, with the lungs on top of each other.
struct LateralFilm {
  let anatomy: LateralAnatomy
  let frame: FilmFrame
  /// What the rays went through, 0 for air.
  var density: FilmPlane
  /// The share of lung at each pixel.
  var lung: FilmPlane

  init(_ anatomy: LateralAnatomy, frame: FilmFrame) {
    self.anatomy = anatomy
    self.frame = frame
    density = FilmPlane(frame)
    lung = FilmPlane(frame)
    fill()
  }

  private mutating func fill() {
    let edge: Float = max(0.012, 1.2 * frame.pixel)
    let below = (0..<frame.width).map { anatomy.diaphragm(frame.x($0)) }
    for row in 0..<frame.height {
      let y = frame.y(row)
      let start = row * frame.width
      let (front, back) = (anatomy.front(y), anatomy.back(y))
      let neck = ramp((y - 0.01) / 0.17)
      let skin = (
        front: -0.13 + (front - 0.045 + 0.13) * neck, back: 0.16 + (back + 0.055 - 0.16) * neck
      )
      let (middle, half) = ((skin.front + skin.back) / 2, (skin.back - skin.front) / 2)
      let belly = 0.20 * ramp((y - anatomy.dome) / 0.08)
      for column in frame.columns(skin.front, skin.back) {
        let x = frame.x(column)
        let u = (x - middle) / half
        let air =
          ramp((x - front) / edge) * ramp((back - x) / edge) * ramp((below[column] - y) / edge)
          * ramp((y - 0.12 - 2.4 * (x - 0.03) * (x - 0.03)) / (3 * edge))
        lung.values[start + column] = air
        let profile = max(0, 1 - u * u * u * u).squareRoot()
        density.values[start + column] +=
          anatomy.girth * (0.66 * profile - 0.43 * air) + belly * (1 - u * u)
      }
    }
  }

  /// Adds heart, great vessels, windpipe, bones and breasts.
  mutating func fillOrgans(_ draws: inout PhantomDraws) {
    let heart = anatomy.heart
    density.addDisc(
      FilmPoint(-0.095 + 0.05 * (heart - 1), anatomy.dome - 0.125 * heart),
      radii: FilmPoint(0.140 * heart, 0.165 * heart), angle: 0.6, edge: 0.30, amount: 0.23)
    var vessels = FilmPlane(frame)
    let arch = FrontalFilm.curve(
      FilmPoint(-0.06, 0.46), FilmPoint(0.00, 0.20), FilmPoint(anatomy.spine(0.42) - 0.05, 0.42))
    let aorta = arch + [FilmPoint(anatomy.spine(0.7) - 0.02, 0.72)]
    vessels.stroke(aorta, radii: (0.032, 0.026), amount: 0.09)
    let hilum = FilmPoint(0.02, 0.44)
    for branch in 0..<17 {
      let angle = (Float(branch) + 0.7 * Float(draws.unit())) / 17 * 2 * .pi
      let length = 0.10 + 0.11 * Float(draws.unit())
      let bend = 0.6 * Float(draws.unit() - 0.5)
      let end = FilmPoint(hilum.x + length * cos(angle), hilum.y + length * sin(angle))
      let pull = FilmPoint(
        hilum.x + 0.6 * length * cos(angle + bend), hilum.y + 0.6 * length * sin(angle + bend))
      vessels.stroke(
        FrontalFilm.curve(hilum, pull, end), radii: (0.007, 0.002),
        amount: 0.04 + 0.03 * Float(draws.unit()))
    }
    density.add(vessels, amount: 1)
    density.addDisc(hilum, radii: FilmPoint(0.045, 0.05), edge: 0.8, amount: 0.10)
    var windpipe = FilmPlane(frame)
    windpipe.stroke(
      [FilmPoint(-0.01, -0.05), FilmPoint(0.035, 0.40)], radii: (0.016, 0.016), amount: 1)
    density.add(windpipe, amount: -0.12)
    if anatomy.mediastinum > 0 {
      density.addDisc(
        FilmPoint(anatomy.front(0.32) + 0.06, 0.32), radii: FilmPoint(0.12, 0.17), edge: 0.7,
        amount: 0.10 + 0.16 * anatomy.mediastinum)
    }
    if anatomy.breast > 0 {
      density.addDisc(
        FilmPoint(anatomy.front(0.6) - 0.015, 0.60),
        radii: FilmPoint(0.10 * anatomy.breast, 0.15 * anatomy.breast), edge: 0.35, amount: 0.18)
    }
    fillBones()
  }

  private mutating func fillBones() {
    var bones = FilmPlane(frame)
    for number in 0..<17 {
      let y = 0.02 + 0.058 * Float(number)
      let size = 0.020 + 0.0007 * Float(number)
      let x = anatomy.spine(y)
      bones.stroke(
        [FilmPoint(x - 0.030, y), FilmPoint(x + 0.026, y + 0.004)], radii: (size, size), rim: 0.4,
        amount: 0.16)
      guard (3..<13).contains(number) else { continue }
      let end = FilmPoint(anatomy.front(y + 0.19) + 0.06, y + 0.20)
      let rib = FrontalFilm.curve(
        FilmPoint(x + 0.05, y - 0.01), FilmPoint(anatomy.back(y) + 0.04, y + 0.10), end)
      bones.stroke(rib, radii: (0.009, 0.007), rim: 0.6, amount: 0.055)
    }
    let sternum = (0...6).map { index in
      let y = 0.22 + 0.06 * Float(index)
      return FilmPoint(anatomy.front(y) - 0.012, y)
    }
    bones.stroke(sternum, radii: (0.012, 0.009), rim: 0.5, amount: 0.14)
    density.add(bones, amount: anatomy.bone)
    density.addDisc(
      FilmPoint(0.04, 0.07), radii: FilmPoint(0.17, 0.12), edge: 0.8, amount: 0.20)
  }
}
