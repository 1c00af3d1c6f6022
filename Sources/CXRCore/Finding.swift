// SPDX-License-Identifier: Apache-2.0

/// One of the 14 CheXpert findings: the labels that every dataset is mapped to.
///
/// Findings are bound by name, never by position, because the official files order them
/// differently.
///
///     Finding(name: "Effusion")  // .pleuralEffusion
///
/// - SeeAlso: Irvin et al., *AAAI* 2019, <https://doi.org/10.1609/aaai.v33i01.3301590>.
public enum Finding: String, CaseIterable, Codable, Hashable, Sendable {
  case atelectasis = "Atelectasis"
  case cardiomegaly = "Cardiomegaly"
  case consolidation = "Consolidation"
  case edema = "Edema"
  case enlargedCardiomediastinum = "Enlarged Cardiomediastinum"
  case fracture = "Fracture"
  case lungLesion = "Lung Lesion"
  case lungOpacity = "Lung Opacity"
  case noFinding = "No Finding"
  case pleuralEffusion = "Pleural Effusion"
  case pleuralOther = "Pleural Other"
  case pneumonia = "Pneumonia"
  case pneumothorax = "Pneumothorax"
  case supportDevices = "Support Devices"

  /// Finds the finding that a name or one of its known synonyms stands for.
  ///
  /// Case, spaces, underscores and hyphens do not matter.
  ///
  /// - Parameter name: A label as some file spells it, such as `Pleural_Effusion`.
  public init?(name: some StringProtocol) {
    guard let finding = Self.byFoldedName[Self.folded(name)] else { return nil }
    self = finding
  }

  /// Returns the finding whose name or synonym is spelled most like a name that is none.
  ///
  ///     Finding.nearest(to: "Efusion")  // .pleuralEffusion
  ///
  /// - Parameter name: What somebody typed.
  /// - Returns: The nearest finding, or `nil` when none is near.
  public static func nearest(to name: String) -> Finding? {
    byFoldedName.keys.nearest(to: folded(name)).flatMap { byFoldedName[$0] }
  }

  /// The name as the catalog and every report write it.
  public var name: String { rawValue }

  /// The eight labels on which the published studies are evaluated, in reporting order.
  public static let evaluationEight: [Finding] = [
    .atelectasis, .cardiomegaly, .consolidation, .edema, .pleuralEffusion, .pneumonia,
    .pneumothorax, .noFinding,
  ]

  /// Folds a label name so that spelling variants compare equal.
  ///
  /// - Parameter name: A label as some file spells it.
  /// - Returns: The lower-cased name without spaces, underscores and hyphens.
  public static func folded(_ name: some StringProtocol) -> String {
    String(name.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" })
  }

  private static let byFoldedName: [String: Finding] = {
    var names = Dictionary(uniqueKeysWithValues: allCases.map { (folded($0.rawValue), $0) })
    names["effusion"] = .pleuralEffusion
    names["airspaceopacity"] = .lungOpacity
    names["nofindings"] = .noFinding
    return names
  }()
}
