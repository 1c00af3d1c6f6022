// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

extension FrontalAnatomy {
  /// Changes the measures as the findings that have a shape of their own demand.
  ///
  /// - Parameter film: The film with the grades of its findings.
  mutating func change(for film: PhantomRadiograph) {
    let record = film.record
    let cardiomegaly = record.grade(.cardiomegaly)
    if cardiomegaly > 0 {
      // More than half of the thorax, whatever the heart was before.
      let target = 0.51 + 0.15 * cardiomegaly
      let factor = max(1, target / cardiothoracicRatio)
      heart = (right: heart.right * factor, left: heart.left * factor)
      heartTop -= 0.03 * cardiomegaly
    }
    let mediastinum = record.grade(.enlargedCardiomediastinum)
    if mediastinum > 0 {
      band.right += 0.018 + 0.034 * mediastinum
      band.left += 0.016 + 0.030 * mediastinum
      knob *= 1 + 0.25 * mediastinum
    }
    let atelectasis = record.grade(.atelectasis)
    if atelectasis > 0 {
      // A lung that lost air draws the diaphragm up and the mediastinum over.
      let side = film.atelectaticSide
      domes[side] = (domes[side] ?? 0.77) - 0.025 - 0.060 * atelectasis
      shift = side.sign * 0.020 * atelectasis
    }
  }
}

extension PhantomRadiograph {
  /// The side on which a lung has lost air, the left one more often.
  var atelectaticSide: FilmSide {
    var draws = findingDraws(.atelectasis)
    return draws.happens(0.7) ? .left : .right
  }

  /// The draws of a finding, so that none depends on another.
  func findingDraws(_ finding: Finding) -> PhantomDraws { draws("finding." + finding.rawValue) }
}
