// SPDX-License-Identifier: Apache-2.0

/// What a dataset says about one finding on one radiograph.
///
/// The raw values are the codes that the catalog stores.
public enum LabelState: Int, CaseIterable, Codable, Hashable, Sendable {
  /// The finding is said to be absent.
  case negative = 0
  /// The finding is said to be present.
  case positive = 1
  /// The finding is mentioned, but it is unclear whether it is present.
  case uncertain = 2
  /// The dataset annotates the finding, but says nothing of it here (a blank cell).
  case unmentioned = 3
  /// The dataset has no such class at all.
  case unannotated = 4

  /// The state's word, as the catalog's lookup table and every report write it.
  public var word: String { String(describing: self) }
}
