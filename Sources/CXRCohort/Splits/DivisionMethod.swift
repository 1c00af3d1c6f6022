// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// A way to divide patients into parts.
public enum DivisionMethod: Hashable, Sendable, CustomStringConvertible {
  /// As a published study did with scikit-learn or pandas, draw for draw, into `train` and `test`;
  /// with `validation`, the training patients, in the order that the first method leaves them, are
  /// divided once more, into `train` and `val`, with the same seed.
  case published(SplitMethod, validation: SplitMethod? = nil)
  /// At random, each part getting its share of the patients.
  case proportions([PartShare])
  /// So that each part has its share of every label, by ``IterativeStratification``.
  case stratified([PartShare], by: Strata, balancing: BalanceUnit)
  /// By the folders of MIMIC-CXR, which are the first two digits of the patient: the named ones are
  /// `test`, such as `p19`, the others `train`, less the validation patients, which are `val`.
  case mimicFolder(test: Set<String>, validation: FolderValidation)

  /// Which patients outside the test folders validate.
  public enum FolderValidation: Hashable, Sendable {
    /// None.
    case none
    /// A share of them, at random.
    case share(Double)
    /// Those whom the dataset's own split does not train on.
    case official
  }

  /// The method with its numbers, as provenance records it.
  public var description: String {
    switch self {
    case .published(let method, let validation):
      [method, validation].compactMap { $0?.description }.joined(separator: ", then ")
    case .proportions(let parts): "proportions \(Self.text(parts))"
    case .stratified(let parts, let strata, let unit):
      "stratified \(Self.text(parts)) by \(strata), balancing \(unit.rawValue)"
    case .mimicFolder(let folders, let validation):
      "mimic-folder, test \(folders.sorted().joined(separator: ", "))" + Self.text(validation)
    }
  }

  private static func text(_ parts: [PartShare]) -> String {
    parts.map(\.description).joined(separator: ", ")
  }

  private static func text(_ validation: FolderValidation) -> String {
    switch validation {
    case .none: ""
    case .share(let share): ", val=\(share) of the others"
    case .official: ", val official"
    }
  }
}
