// SPDX-License-Identifier: Apache-2.0
import Foundation
internal import CXRCore

/// A simulated classifier whose skill and group bias are known, so that an audit can be checked.
///
/// For each label the model sees the truth through normal noise: the separation of the two classes
/// in standard deviations is its *skill*, and an AUROC near Φ(skill / √2) follows. A part of
/// the noise belongs to the patient, another to the radiograph, and both are shared by the models.
/// `No Finding` is over-called in some groups by adding a *bias* to what the model sees there,
/// which is what raises the false-positive rate of `No Finding`, the underdiagnosis rate.
public struct SimulatedModel: Sendable {
  /// The name of the model, such as `a`.
  public let name: String
  /// What is added to the skill for every label, in standard deviations.
  public let extraSkill: Double
  /// What is added to the evidence for `No Finding` in women, in standard deviations.
  public let femaleBias: Double
  /// What is added to the evidence for `No Finding` below 40 years, in standard deviations.
  public let youngBias: Double

  /// The model with the lower skill and the larger bias.
  public static let a = SimulatedModel(
    name: "a", extraSkill: 0, femaleBias: 0.40, youngBias: 0.50)
  /// The model with the higher skill and the smaller bias.
  public static let b = SimulatedModel(
    name: "b", extraSkill: 0.15, femaleBias: 0.12, youngBias: 0.15)

  /// Returns the probabilities of one radiograph, shape `[15]` in the order of `NIHLabel.allCases`.
  func probabilities(for radiograph: NIHRadiograph, seed: UInt64) -> [Double] {
    let patient = RandomStream(
      seed: seed, purpose: "phantom.noise.patient", index: radiograph.patient.number)
    let shared = RandomStream(
      seed: seed, purpose: "phantom.noise.radiograph", index: radiograph.index)
    let own = RandomStream(
      seed: seed, purpose: "phantom.noise.model." + name, index: radiograph.index)
    return NIHLabel.allCases.map { label in
      let i = label.position
      // 0.2 + 0.3 + 0.5: unit variance.
      let noise =
        0.2.squareRoot() * patient.normal(at: i) + 0.3.squareRoot() * shared.normal(at: i)
        + 0.5.squareRoot() * own.normal(at: i)
      let skill = Self.skill(label) + extraSkill
      let isPresent = radiograph.labels2020.contains(label)
      let evidence = (isPresent ? skill : 0) + noise + bias(for: radiograph, label: label)
      // Bayes' rule for two normal classes of unit variance.
      let rate = (label.rate.pa + label.rate.ap) / 2
      let logit = log(rate / (1 - rate)) + skill * (evidence - skill / 2)
      return 1 / (1 + exp(-logit))
    }
  }

  private func bias(for radiograph: NIHRadiograph, label: NIHLabel) -> Double {
    guard label == .noFinding else { return 0 }
    return (radiograph.patient.sex == .female ? femaleBias : 0)
      + (radiograph.ageYears < 40 ? youngBias : 0)
  }

  /// The separation of the classes that published models of these labels come near to.
  private static func skill(_ label: NIHLabel) -> Double {
    switch label {
    case .atelectasis: 1.04
    case .cardiomegaly: 1.66
    case .consolidation: 0.91
    case .edema: 1.41
    case .effusion: 1.35
    case .emphysema: 1.73
    case .fibrosis: 1.19
    case .hernia: 1.81
    case .infiltration: 0.74
    case .mass: 1.24
    case .noFinding: 1.05
    case .nodule: 0.95
    case .pleuralThickening: 1.04
    case .pneumonia: 0.82
    case .pneumothorax: 1.53
    }
  }
}
