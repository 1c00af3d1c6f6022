// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// Which radiographs are meant: those of a dataset or of a cohort, or a part of them.
///
///     RadiographSource(dataset: "nih", split: "study", part: "train", view: .pa)
///
/// Every condition that is set must hold.
public struct RadiographSource: Codable, Hashable, Sendable {
  /// The dataset, if only its radiographs are meant.
  public var dataset: String?
  /// The cohort, if only its members are meant.
  public var cohort: String?
  /// The split in one of whose parts the radiographs must lie.
  public var split: String?
  /// The part of the split, if only one is meant.
  public var part: String?
  /// The projection, if only one is meant.
  public var view: View?

  /// Creates a source.
  ///
  /// - Parameters:
  ///   - dataset: The dataset, if only its radiographs are meant.
  ///   - cohort: The cohort, if only its members are meant.
  ///   - split: The split in one of whose parts the radiographs must lie; of every dataset that has
  ///     one of the name, unless a dataset is named.
  ///   - part: The part of the split, if only one is meant.
  ///   - view: The projection, if only one is meant.
  /// - Precondition: A dataset or a cohort is named, and a split wherever a part is.
  public init(
    dataset: String? = nil, cohort: String? = nil, split: String? = nil, part: String? = nil,
    view: View? = nil
  ) {
    precondition(dataset != nil || cohort != nil, "a dataset or a cohort")
    precondition(part == nil || split != nil, "a part of a split")
    self.dataset = dataset
    self.cohort = cohort
    self.split = split
    self.part = part
    self.view = view
  }
}
