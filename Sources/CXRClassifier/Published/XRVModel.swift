// SPDX-License-Identifier: Apache-2.0

/// The published DenseNet-121 classifiers of torchxrayvision: what each was trained on, which
/// outputs it knows and where its operating points lie.
///
///     XRVModel.nih.outputs.contains(.fracture)  // false: NIH has no such label
///
/// Each has one input channel, 224 × 224 pixels from −1024 to 1024, and 18 outputs.
///
/// - SeeAlso: Cohen et al., *TorchXRayVision*, MIDL 2022, <https://arxiv.org/abs/2111.00595>.
public enum XRVModel: String, CaseIterable, Codable, Sendable {
  /// Seven datasets together.
  case all
  /// RSNA's pneumonia challenge.
  case rsna
  /// NIH ChestX-ray14.
  case nih
  /// PadChest.
  case padChest = "pc"
  /// CheXpert.
  case cheXpert = "chex"
  /// MIMIC-CXR, labels by NegBio.
  case mimicNegBio = "mimic_nb"
  /// MIMIC-CXR, labels by the CheXpert labeler.
  case mimicCheXpert = "mimic_ch"

  /// The name of the weights, such as `densenet121-res224-all`.
  public var name: String { "densenet121-res224-\(rawValue)" }

  /// The side of the input, in pixels.
  public static let side = 224

  /// The sizes of the network.
  public static var configuration: DenseNetConfiguration {
    .densenet121(inputChannels: 1, outputs: XRVOutput.allCases.count)
  }

  /// The outputs that were trained, in the network's order; the others are hidden.
  public var outputs: [XRVOutput] {
    zip(XRVOutput.allCases, normalization.thresholds).filter { $0.1 != nil }.map(\.0)
  }

  /// The operating points of all 18 outputs; `nil` for one that was not trained.
  public var normalization: OperatingPointNormalization {
    let thresholds: [Double?] =
      switch self {
      case .all:
        [
          0.07422872, 0.038290843, 0.09814756, 0.0098118475, 0.023601074, 0.0022490358,
          0.010060724, 0.103246614, 0.056810737, 0.026791653, 0.050318155, 0.023985857,
          0.01939503, 0.042889766, 0.053369623, 0.035975814, 0.20204692, 0.05015312,
        ]
      case .rsna:
        [
          nil, nil, nil, nil, nil, nil, nil, nil, 0.13486601, nil, nil, nil, nil, nil, nil, nil,
          0.13511065, nil,
        ]
      case .nih:
        [
          0.039117552, 0.0034529066, 0.11396341, 0.0057298196, 0.00045666535, 0.0018880932,
          0.012037827, 0.038744126, 0.0037213727, 0.014730946, 0.016149804, 0.054241467,
          0.037198864, 0.0004403434, nil, nil, nil, nil,
        ]
      case .padChest:
        [
          0.031012505, 0.013347598, 0.081435576, 0.001262615, 0.002587246, 0.0035944257, 0.0023071,
          0.055412333, 0.044385884, 0.042766232, 0.043258056, 0.037629247, 0.005658899,
          0.0091741895, nil, 0.026507627, nil, nil,
        ]
      case .cheXpert:
        [
          0.1988969, 0.05710573, nil, 0.0531293, 0.1435217, nil, nil, 0.27212676, 0.07749717, nil,
          0.19712369, nil, nil, nil, 0.09932402, 0.09273402, 0.3270967, 0.10888247,
        ]
      case .mimicNegBio:
        [
          0.08558747, 0.011884617, nil, 0.0040595434, 0.010733786, nil, nil, 0.118761964,
          0.022924708, nil, 0.06358637, nil, nil, nil, 0.022143636, 0.017476924, 0.1258702,
          0.014020768,
        ]
      case .mimicCheXpert:
        [
          0.09121389, 0.010573786, nil, 0.005023008, 0.003698257, nil, nil, 0.08001232,
          0.037242252, nil, 0.05006329, nil, nil, nil, 0.019866971, 0.03823637, 0.11303808,
          0.0069147074,
        ]
      }
    return OperatingPointNormalization(thresholds: thresholds)
  }
}
