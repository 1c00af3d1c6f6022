// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
import Foundation

/// The measures of a simulated chest as a frontal film shows it, in film units.
///
/// Sex, age and projection shift the means, chance does the rest. None of it was measured on
/// anybody: the numbers were chosen until the films looked like schematic chest radiographs.
struct FrontalAnatomy {
  /// Half the inner width of the thorax at its widest.
  var halfWidth: Float
  /// The height at which the apices begin.
  var lungTop: Float
  /// The tops of the diaphragm's domes on the patient's right and left.
  var domes: [FilmSide: Float]
  /// How far the costophrenic angles lie below the domes.
  var angleDepth: Float
  /// The heart's reach from the middle to the patient's right and left.
  var heart: (right: Float, left: Float)
  /// The height at which the heart begins.
  var heartTop: Float
  /// The reach of the mediastinum above the heart to the patient's right and left.
  var band: (right: Float, left: Float)
  /// The radius of the aortic knob.
  var knob: Float
  /// The height of the aortic knob.
  var knobHeight: Float
  /// Where the middle of the mediastinum lies.
  var shift: Float = 0
  /// How far the spine bends to a side.
  var spineBend: Float
  /// The thickness of soft tissue between ribs and skin.
  var wall: Float
  /// The height of the shoulders.
  var shoulders: Float
  /// The size of the breasts; 0 for none.
  var breast: Float
  /// The strength of bones, about 1.
  var bone: Float
  /// How thick the body is, about 1.
  var girth: Float
  /// The calcification of the aortic arch, 0 to 1.
  var calcification: Float
  /// How coarse the vessels are, about 1.
  var coarseness: Float
  /// How far the shoulder blades lie over the lungs, 0 to 1.
  var scapulae: Float

  /// Draws the anatomy of a person.
  ///
  /// - Parameters:
  ///   - record: Sex, age and view.
  ///   - draws: The person's draws.
  ///   - pose: The film's draws.
  init(of record: PhantomRadiograph.Record, draws: inout PhantomDraws, pose: inout PhantomDraws) {
    func normal(_ mean: Float, _ spread: Float) -> Float { mean + spread * draws.deviate() }
    let age = Float(min(max(record.ageYears ?? 55, 0), 100))
    let (isFemale, isMale) = (record.sex == .female, record.sex == .male)
    let sex: Float = isMale ? 1 : isFemale ? 0 : 0.5
    let years = (age - 50) / 30
    let childhood = max(0, (16 - age) / 16)
    halfWidth = normal(0.338 + 0.034 * sex, 0.010) - 0.03 * childhood
    lungTop = normal(0.125 + 0.012 * max(years, 0), 0.008)
    let dome = normal(0.765 + 0.012 * years, 0.015) - 0.05 * childhood
    let step = normal(0.022, 0.007)
    domes = [.right: dome, .left: dome + step]
    angleDepth = normal(0.098, 0.008)
    // Between two fifths and half of the thorax.
    let ratio = min(max(normal(0.440 + 0.014 * years, 0.018) + 0.05 * childhood, 0.37), 0.49)
    let reach = 2 * halfWidth * ratio
    let rightShare = min(max(normal(0.33, 0.025), 0.25), 0.42)
    heart = (right: reach * rightShare, left: reach * (1 - rightShare))
    heartTop = normal(0.44, 0.012)
    band = (right: normal(0.058 + 0.004 * years, 0.005), left: normal(0.045, 0.004))
    knob = max(0.018, normal(0.033 + 0.010 * years, 0.004))
    knobHeight = normal(0.335, 0.012)
    spineBend = normal(0, 0.006 + 0.006 * max(years, 0))
    wall = normal(0.050 + 0.006 * (1 - sex), 0.009)
    shoulders = normal(0.150 + 0.012 * (1 - sex), 0.012)
    breast = isFemale && age > 12 ? max(0.6, normal(1, 0.16)) : 0
    bone = max(0.45, normal(1.08 - 0.20 * max(years, -0.5) + 0.10 * (sex - 0.5), 0.07))
    girth = normal(0.96 + 0.06 * sex, 0.05) - 0.15 * childhood
    calcification = max(0, min(1, normal((age - 62) / 25, 0.25)))
    coarseness = max(0.6, normal(1 + 0.14 * years, 0.1))
    scapulae = 0.15
    if record.view == .ap || record.view == .apSupine {
      projectAnteroposterior(isSupine: record.view == .apSupine, pose: &pose)
    }
  }

  /// The film lies behind the patient: a larger heart, less breath, the shoulder blades in the way.
  private mutating func projectAnteroposterior(isSupine: Bool, pose: inout PhantomDraws) {
    let breath = 0.03 + 0.02 * Float(pose.unit()) + (isSupine ? 0.015 : 0)
    domes = domes.mapValues { $0 - breath }
    heart = (right: heart.right * 1.05, left: heart.left * 1.07)
    band = (right: band.right * 1.12, left: band.left * 1.10)
    shoulders -= 0.02
    scapulae = isSupine ? 0.9 : 0.7
  }

  /// The width of the heart over that of the thorax.
  var cardiothoracicRatio: Float { (heart.right + heart.left) / (2 * halfWidth) }

  /// The lateral border of the lungs at a height.
  @inline(__always)
  func lateralBorder(_ y: Float) -> Float {
    let t = min(max((y - lungTop) / (0.86 - lungTop), 0), 1)
    let rest = 1 - t
    return halfWidth * (0.60 + 0.40 * (1 - rest * rest))
  }

  /// The lower border of a lung at a distance from the middle.
  func diaphragm(_ side: FilmSide, _ x: Float) -> Float {
    let top = domes[side] ?? 0.77
    let middle = 0.52 * halfWidth
    let lateral = max(0, (x - middle) / (halfWidth - middle))
    let medial = max(0, (middle - x) / middle)
    return top + angleDepth * lateral * lateral * (0.45 + 0.55 * lateral * lateral)
      + 0.045 * medial * medial
  }

  /// The upper border of a lung at a distance from the middle.
  func apex(_ x: Float) -> Float {
    let offset = (x - 0.41 * halfWidth) / (0.30 * halfWidth)
    return lungTop + 0.085 * offset * offset
  }

  /// The middle of the spine at a height.
  func spine(_ y: Float) -> Float { spineBend * sin(3.2 * y) }

  /// How far heart and mediastinum reach to a side at a height.
  func silhouette(_ side: FilmSide, _ y: Float) -> Float {
    let bottom: Float = (domes[side] ?? 0.77) + 0.03
    let t = min(max((y - heartTop) / (bottom - heartTop), 0), 1)
    let band = side == .right ? band.right : band.left
    let upper = band + 0.02 * ramp((0.16 - y) / 0.1)
    if side == .right {
      // The right atrium: a bulge that begins below the hilum and comes in a little at the bottom.
      let atrium = heart.right * sin(.pi * (0.24 + 0.52 * t))
      return max(upper, upper + (atrium - upper) * ramp(t * 2.2))
    }
    let fromKnob = (y - knobHeight) / (knob * 1.15)
    let arch = fromKnob.magnitude < 1 ? (1 - fromKnob * fromKnob).squareRoot() * knob * 0.8 : 0
    // The pulmonary trunk, then the left ventricle with the apex near the diaphragm.
    let trunkOffset = (y - heartTop + 0.01) / 0.05
    let trunk = max(0, 1 - trunkOffset * trunkOffset) * 0.016
    let ventricle = (heart.left - band) * ramp(t * 1.12) * (t > 0.86 ? 1 - (t - 0.86) * 0.9 : 1)
    return upper + max(arch, trunk, ventricle)
  }
}
