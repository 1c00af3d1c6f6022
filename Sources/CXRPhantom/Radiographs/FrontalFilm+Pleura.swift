// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
import Foundation

extension FrontalFilm {
  /// Pleural Effusion: fluid that fills the costophrenic angle and climbs the flank.
  mutating func addEffusion(_ grade: Float, _ draws: inout PhantomDraws) {
    let first: FilmSide = draws.happens(0.6) ? .left : .right
    let isBilateral = draws.happens(0.35)
    let level = 0.775 - 0.26 * grade + 0.012 * draws.deviate()
    for side in FilmSide.allCases where side == first || isBilateral {
      let level = side == first ? level : level + (0.79 - level) * 0.6
      for row in frame.rows(level - 0.16, 1) {
        let y = frame.y(row)
        let start = row * frame.width
        let border = anatomy.lateralBorder(y)
        for column in columns(of: side, to: border) {
          let index = start + column
          guard lung.values[index] > 0 else { continue }
          let reach = frame.x(column).magnitude / border
          // The meniscus: highest at the flank, a little up again at the mediastinum.
          let climb = 0.11 * reach * reach * reach * reach + 0.02 * (1 - reach) * (1 - reach)
          let share = ramp((y - level + climb) / 0.045)
          density.values[index] += Self.lungDepth * 0.92 * share * lung.values[index]
          vessels.values[index] *= 1 - share
        }
      }
    }
  }

  /// Pneumothorax: a dark rim without vessels around a lung that has shrunk, and its thin border.
  mutating func addPneumothorax(_ grade: Float, _ draws: inout PhantomDraws) {
    let side: FilmSide = draws.happens(0.75) ? .right : .left
    let width = 0.030 + 0.100 * grade + 0.004 * draws.deviate()
    let edge = max(0.008, 1.5 * frame.pixel)
    for row in frame.rows(anatomy.lungTop, 1) {
      let y = frame.y(row)
      let start = row * frame.width
      let border = anatomy.lateralBorder(y)
      let rim = width * (1 - 0.55 * ramp((y - 0.3) / 0.5))
      for column in columns(of: side, to: border) {
        let index = start + column
        guard lung.values[index] > 0 else { continue }
        let size = frame.x(column).magnitude
        let apex = anatomy.apex(size * 0.9) + 1.1 * width
        let inner = ramp((border - rim - size) / edge + 0.5) * ramp((y - apex) / edge + 0.5)
        let air = lung.values[index]
        density.values[index] +=
          air * (0.06 * grade * inner - (0.075 + 0.05 * grade) * (1 - inner))
          + air * 0.30 * inner * (1 - inner)
        vessels.values[index] *= inner
      }
    }
  }

  /// Pleural Other: a thick pleura along the flank and over the apices, and calcified plaques.
  mutating func addPleuralThickening(_ grade: Float, _ draws: inout PhantomDraws) {
    let first: FilmSide = draws.happens(0.6) ? .right : .left
    for side in FilmSide.allCases {
      let share: Float = side == first ? 1 : 0.65
      let width = (0.020 + 0.028 * grade) * share
      for row in frame.rows(anatomy.lungTop, 0.9) {
        let y = frame.y(row)
        let start = row * frame.width
        let border = anatomy.lateralBorder(y)
        let uneven = 0.8 + 0.2 * sin(21 * y) + 0.15 * sin(47 * y)
        let height = ramp((y - 0.24) / 0.08) * ramp((0.84 - y) / 0.1)
        for column in columns(of: side, to: border) {
          let index = start + column
          guard lung.values[index] > 0 else { continue }
          let size = frame.x(column).magnitude
          let flank = height * ramp((size - border + width * uneven) / 0.010 + 0.5)
          let cap = ramp((anatomy.apex(size) + 1.1 * width * uneven - y) / 0.012 + 0.5)
          density.values[index] += 0.26 * max(flank, cap) * lung.values[index]
        }
      }
      for _ in 0..<Int((1 + 5 * grade) * share) {
        let y = 0.50 + 0.22 * Float(draws.unit())
        let x = anatomy.lateralBorder(y) * (0.72 + 0.2 * Float(draws.unit()))
        density.addDisc(
          FilmPoint(side.sign * x, y),
          radii: FilmPoint(
            0.010 + 0.012 * Float(draws.unit()), 0.022 + 0.015 * Float(draws.unit())),
          angle: side.sign * -0.3, edge: 0.3, amount: 0.16)
      }
    }
  }

  /// Atelectasis: bands across the base of the lung whose diaphragm stands high.
  mutating func addAtelectasis(_ grade: Float, side: FilmSide, _ draws: inout PhantomDraws) {
    // The first draw chose the side.
    _ = draws.unit()
    let dome = anatomy.domes[side] ?? 0.77
    let width = anatomy.halfWidth
    let grain = FilmGrain(cell: 0.04, depth: 0.2, draws: &draws)
    add(
      Patch(
        center: FilmPoint(side.sign * 0.55 * width, dome - 0.01),
        radii: FilmPoint(0.17, 0.075 + 0.04 * grade), edge: 0.9, amount: 0.09 + 0.12 * grade),
      grain: grain)
    var bands = FilmPlane(frame)
    for band in 0..<2 + Int(2 * grade) {
      let y = dome - 0.035 - 0.032 * Float(band) + 0.006 * draws.deviate()
      let start = FilmPoint(side.sign * width * 0.42, y + 0.012)
      let middle = FilmPoint(side.sign * width * 0.64, y)
      let end = FilmPoint(side.sign * width * (0.82 + 0.06 * Float(draws.unit())), y + 0.006)
      bands.stroke([start, middle, end], radii: (0.0055, 0.0035), amount: 1)
    }
    bands.multiply(by: lung, share: 1)
    density.add(bands, amount: 0.10 + 0.12 * grade)
  }

  /// The columns between the middle and a border on one side.
  private func columns(of side: FilmSide, to border: Float) -> Range<Int> {
    side == .right ? frame.columns(-border, 0) : frame.columns(0, border)
  }
}
