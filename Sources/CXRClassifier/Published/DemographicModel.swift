// SPDX-License-Identifier: Apache-2.0
public import CXRCore
public import CXRTensor

/// A published model that tells age, sex or race from a radiograph: all that is known about it.
///
/// The models check whether a generated radiograph shows the patient that its prompt asked for.
/// They are estimates of what a dataset recorded, learned from its patterns; they say nothing
/// about a person.
///
///     DemographicModel.race.untestableRaces  // [.hispanic]
public struct DemographicModel: Hashable, Sendable {
  /// What is told.
  public enum Target: Hashable, Sendable {
    /// The age in years, one number.
    case ageYears
    /// The sex, one output for each in this order.
    case sex([Sex])
    /// The race, one output for each in this order.
    case race([Race])
  }

  /// How the computation is stored.
  public enum Computation: Hashable, Sendable {
    /// A ResNet-34 whose tensors a weight file holds.
    case resnet34
    /// A program in TorchScript.
    case script
  }

  /// What the three equal channels of the input hold.
  public enum Intensities: Hashable, Sendable {
    /// 0 to 255, nothing else done.
    case bytes
    /// 0 to 1, less ImageNet's mean, in its deviations, channel by channel.
    case imageNet
  }

  /// A short name for lists and messages.
  public let name: String
  /// What is told.
  public let target: Target
  /// How the computation is stored.
  public let computation: Computation
  /// The side of the input, in pixels.
  public let side: Int
  /// What the input holds.
  public let intensities: Intensities
  /// The name of the published file.
  public let publishedFile: String
  /// How the names in the published file differ from the network's.
  public let spelling: WeightSpelling

  /// The outputs in words, in the order of the network.
  public var outputNames: [String] {
    switch target {
    case .ageYears: ["age in years"]
    case .sex(let sexes): sexes.map(\.rawValue)
    case .race(let races): races.map(\.rawValue)
    }
  }

  /// The races that the model can never tell; all of them if it tells something else.
  public var untestableRaces: [Race] {
    guard case .race(let known) = target else { return Race.allCases }
    return Race.allCases.filter { !known.contains($0) }
  }

  /// Sex, learned on CheXpert (Glocker et al., chexploration; hosted by torchxrayvision too).
  ///
  /// Its file is a checkpoint of Lightning, with `model.` before the names.
  ///
  /// - SeeAlso: <https://github.com/biomedia-mira/chexploration>.
  public static let sex = DemographicModel(
    name: "sex (chexploration)", target: .sex([.male, .female]), computation: .resnet34, side: 224,
    intensities: .bytes, publishedFile: "mira_sex_resnet-all_epoch_13-step_7125.ckpt",
    spelling: .known)

  /// Race, learned on MIMIC-CXR (Emory HITI); it has no Hispanic class.
  ///
  /// Its file has `module.` before the names, and a head of a linear layer and a logarithmic
  /// softmax, so that the layer's name has a number.
  ///
  /// - SeeAlso: Gichoya et al., *Lancet Digital Health* 2022,
  ///   <https://doi.org/10.1016/S2589-7500(22)00063-2>.
  public static let race = DemographicModel(
    name: "race (Emory HITI)", target: .race([.asian, .black, .white]), computation: .resnet34,
    side: 320, intensities: .imageNet,
    publishedFile: "resnet_race_detection_val-loss_0.157_mimic_public.pt",
    spelling: WeightSpelling(rules: WeightSpelling.known.rules + [.spelled("fc.0", as: "fc")]))

  /// Age, learned on NIH ChestX-ray14 (RIKEN), a SENet-154 in TorchScript.
  ///
  /// - SeeAlso: Ieki et al., *Communications Medicine* 2022,
  ///   <https://doi.org/10.1038/s43856-022-00220-6>.
  public static let age = DemographicModel(
    name: "age (RIKEN)", target: .ageYears, computation: .script, side: 320,
    intensities: .imageNet,
    publishedFile:
      "baseline_models_riken_xray_age_every_model_age_senet154_v2_tl_26_ft_7_fp32.pt",
    spelling: .known)
}
