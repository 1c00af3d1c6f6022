// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
import Foundation

extension FrontalFilm {
  /// Adds what the findings put into lungs and pleura.
  mutating func addLungFindings(of film: PhantomRadiograph) {
    for finding in Finding.allCases {
      let grade = film.record.grade(finding)
      guard grade > 0 else { continue }
      var draws = film.findingDraws(finding)
      switch finding {
      case .atelectasis: addAtelectasis(grade, side: film.atelectaticSide, &draws)
      case .consolidation: addConsolidation(grade, &draws)
      case .edema: addEdema(grade, &draws)
      case .lungLesion: addLesion(grade, &draws)
      case .lungOpacity: addOpacity(grade, &draws)
      case .pleuralEffusion: addEffusion(grade, &draws)
      case .pleuralOther: addPleuralThickening(grade, &draws)
      case .pneumonia: addPneumonia(grade, &draws)
      case .pneumothorax: addPneumothorax(grade, &draws)
      // These change the anatomy, the ribs or what lies on top.
      case .cardiomegaly, .enlargedCardiomediastinum, .fracture, .supportDevices: break
      case .noFinding: break
      }
    }
  }

  /// Draws the ribs, some of them broken: a step, a gap, callus and a bruise at the flank.
  mutating func drawRibs(of film: PhantomRadiograph) {
    let grade = film.record.grade(.fracture)
    guard grade > 0 else { return drawRibs(except: []) }
    var draws = film.findingDraws(.fracture)
    let side: FilmSide = draws.happens(0.75) ? .right : .left
    let first = 3 + draws.index(below: 2)
    let numbers = Array(first..<first + 2 + Int(2 * grade))
    drawRibs(except: numbers.map { ($0, side) })
    var callus = FilmPlane(frame)
    for number in numbers {
      let rib = rib(number, side)
      let place = 9 + draws.index(below: 2)
      let step = 0.010 + 0.014 * grade
      drawBack(Array(rib.back[...place]))
      let outer = rib.back[(place + 1)...].map { FilmPoint($0.x - side.sign * 0.006, $0.y + step) }
      drawBack(outer)
      if number < 7 { drawFront(rib.front.map { FilmPoint($0.x, $0.y + step * 0.5) }) }
      let site = rib.back[place]
      callus.addDisc(
        FilmPoint(site.x + side.sign * 0.006, site.y + step / 2), radii: FilmPoint(0.018, 0.020),
        edge: 0.6, amount: 0.10 + 0.08 * grade)
    }
    density.add(callus, amount: 1)
    let height = rib(first, side).back[13].y + 0.06
    let border = anatomy.lateralBorder(height)
    density.addDisc(
      FilmPoint(side.sign * border, height), radii: FilmPoint(0.050 + 0.012 * grade, 0.115),
      edge: 0.7, amount: 0.13 + 0.09 * grade)
  }
}
