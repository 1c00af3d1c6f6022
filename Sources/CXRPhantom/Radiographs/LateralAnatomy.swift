// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
import Foundation

/// The measures of a simulated chest as a lateral film shows it, the front at the left.
struct LateralAnatomy {
  /// The size of the heart, about 1.
  var heart: Float
  /// The height of the diaphragm's top.
  var dome: Float
  /// How bent the upper spine is.
  var kyphosis: Float
  /// The depth of the chest from front to back.
  var depth: Float
  /// The size of the breasts; 0 for none.
  var breast: Float
  /// The strength of bones, about 1.
  var bone: Float
  /// How thick the body is, about 1.
  var girth: Float
  /// How far soft tissue fills the space behind the breastbone, 0 to 1.
  var mediastinum: Float

  init(of record: PhantomRadiograph.Record, draws: inout PhantomDraws) {
    func normal(_ mean: Float, _ spread: Float) -> Float { mean + spread * draws.deviate() }
    let years = (Float(min(max(record.ageYears ?? 55, 0), 100)) - 50) / 30
    let isFemale = record.sex == .female
    let sex: Float = record.sex == .male ? 1 : isFemale ? 0 : 0.5
    heart = normal(1 + 0.03 * years, 0.04) * (1 + 0.42 * record.grade(.cardiomegaly))
    dome = normal(0.74 + 0.012 * years, 0.014) - 0.07 * record.grade(.atelectasis)
    kyphosis = max(0, normal(0.035 + 0.030 * years, 0.012))
    depth = normal(0.505 + 0.03 * sex + 0.015 * years, 0.015)
    breast = isFemale && (record.ageYears ?? 55) > 12 ? max(0.6, normal(1, 0.16)) : 0
    bone = max(0.45, normal(1.08 - 0.20 * max(years, -0.5) + 0.10 * (sex - 0.5), 0.07))
    girth = normal(0.98 + 0.05 * sex, 0.05)
    mediastinum = record.grade(.enlargedCardiomediastinum)
  }

  /// The front border of the lungs at a height.
  func front(_ y: Float) -> Float {
    let t = min(max((y - 0.14) / 0.7, 0), 1)
    return -0.06 - (0.5 * depth - 0.055) * sin(.pi * (0.12 + 0.46 * t)) + 0.02
  }

  /// The back border of the lungs at a height.
  func back(_ y: Float) -> Float {
    let t = min(max((y - 0.12) / 0.74, 0), 1)
    return 0.10 + (0.5 * depth - 0.10 + kyphosis) * sin(.pi * (0.17 + 0.42 * t))
  }

  /// The middle of the spine at a height.
  func spine(_ y: Float) -> Float { back(y) - 0.055 + 0.03 * ramp((y - 0.6) / 0.5) * -1 }

  /// The lower border of the lungs at an x.
  func diaphragm(_ x: Float) -> Float {
    let front = max(0, (-0.06 - x) / 0.2)
    let behind = max(0, (x + 0.06) / 0.27)
    return dome + 0.05 * front * front + 0.13 * behind * behind
  }
}
