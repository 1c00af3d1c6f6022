// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
import Foundation

extension LateralFilm {
  /// Adds the findings that have no measure of their own in the anatomy.
  mutating func addFindings(of film: PhantomRadiograph) {
    for finding in Finding.allCases {
      let grade = film.record.grade(finding)
      guard grade > 0 else { continue }
      var draws = film.findingDraws(finding)
      let jitter = FilmPoint(0.015 * draws.deviate(), 0.015 * draws.deviate())
      switch finding {
      case .atelectasis: addBands(grade)
      case .consolidation:
        haze(FilmPoint(-0.06 + jitter.x, 0.32 + jitter.y), 0.14 + 0.03 * grade, 0.14 + 0.22 * grade)
      case .edema: haze(FilmPoint(0.02, 0.47), 0.19 + 0.06 * grade, 0.08 + 0.18 * grade)
      case .lungLesion:
        let radius = 0.022 + 0.028 * grade
        density.addDisc(
          FilmPoint(0.13 + jitter.x, 0.36 + jitter.y), radii: FilmPoint(radius, radius), edge: 0.35,
          amount: 0.18 + 0.08 * grade)
      case .lungOpacity:
        haze(FilmPoint(0.12 + jitter.x, 0.54 + jitter.y), 0.18, 0.10 + 0.16 * grade)
      case .pneumonia:
        haze(FilmPoint(0.12 + jitter.x, 0.64 + jitter.y), 0.10 + 0.03 * grade, 0.12 + 0.20 * grade)
      case .pleuralEffusion: addEffusion(grade)
      case .pleuralOther: addRim(width: 0.016 + 0.024 * grade, amount: 0.24)
      case .pneumothorax: addRim(width: 0.03 + 0.07 * grade, amount: -0.10)
      case .fracture:
        density.addDisc(
          FilmPoint(anatomy.back(0.45), 0.45 + jitter.y), radii: FilmPoint(0.06, 0.10), edge: 0.7,
          amount: 0.14 + 0.10 * grade)
      case .supportDevices: addDevices(grade)
      case .cardiomegaly, .enlargedCardiomediastinum, .noFinding: break
      }
    }
  }

  private mutating func haze(_ center: FilmPoint, _ radius: Float, _ amount: Float) {
    for row in frame.rows(center.y - radius, center.y + radius) {
      let v = (frame.y(row) - center.y) / radius
      let start = row * frame.width
      for column in frame.columns(center.x - radius, center.x + radius) {
        let u = (frame.x(column) - center.x) / radius
        let distance = (u * u + v * v).squareRoot()
        density.values[start + column] +=
          amount * ramp((1 - distance) / 0.6) * lung.values[start + column]
      }
    }
  }

  private mutating func addBands(_ grade: Float) {
    var bands = FilmPlane(frame)
    for number in 0..<3 {
      let y = anatomy.dome - 0.04 - 0.035 * Float(number)
      bands.stroke(
        [FilmPoint(0.02, y), FilmPoint(0.17, y + 0.02)], radii: (0.006, 0.004), amount: 1)
    }
    bands.multiply(by: lung, share: 1)
    density.add(bands, amount: 0.10 + 0.12 * grade)
  }

  private mutating func addEffusion(_ grade: Float) {
    let level = 0.80 - 0.28 * grade
    for row in frame.rows(level - 0.2, 1) {
      let y = frame.y(row)
      let start = row * frame.width
      let back = anatomy.back(y)
      for column in 0..<frame.width {
        let reach = min(max(frame.x(column) / back, 0), 1)
        let share = ramp((y - level + 0.12 * reach * reach * reach) / 0.045)
        density.values[start + column] += 0.40 * share * lung.values[start + column]
      }
    }
  }

  /// Adds to a rim along the back and the apex.
  private mutating func addRim(width: Float, amount: Float) {
    for row in frame.rows(0.1, 0.9) {
      let y = frame.y(row)
      let start = row * frame.width
      let back = anatomy.back(y)
      for column in frame.columns(-0.3, back) {
        let x = frame.x(column)
        let share = max(
          ramp((x - back + width) / 0.010 + 0.5), ramp((0.15 + width - y) / 0.014 + 0.5))
        density.values[start + column] += amount * share * lung.values[start + column]
      }
    }
  }

  private mutating func addDevices(_ grade: Float) {
    var metal = FilmPlane(frame)
    let skin = anatomy.front(0.3) - 0.02
    metal.stroke(
      [FilmPoint(skin + 0.01, 0.25), FilmPoint(skin + 0.005, 0.33)], radii: (0.012, 0.012),
      amount: 1)
    let lead = FrontalFilm.curve(
      FilmPoint(skin, 0.26), FilmPoint(0.05, 0.20), FilmPoint(-0.02, 0.42))
    let end = FrontalFilm.curve(
      FilmPoint(-0.02, 0.42), FilmPoint(0, 0.66), FilmPoint(-0.15, anatomy.dome - 0.05))
    metal.stroke(lead + end, radii: (0.004, 0.004), amount: 0.9)
    metal.stroke(
      [FilmPoint(0.03, -0.02), FilmPoint(0.055, 0.5), FilmPoint(-0.02, 0.92)],
      radii: (0.0046, 0.0046), amount: 0.7)
    density.add(metal, amount: 0.24 + 0.24 * grade)
  }
}
