// SPDX-License-Identifier: Apache-2.0

/// The projection of a chest radiograph.
public enum View: String, CaseIterable, Codable, Hashable, Sendable {
  /// Postero-anterior, the standing standard view.
  case pa = "PA"
  /// Antero-posterior.
  case ap = "AP"
  /// Antero-posterior with the patient supine.
  case apSupine = "AP supine"
  /// Lateral, either side.
  case lateral = "lateral"
  /// A projection that none of the other cases names; the dataset's own word is kept beside it.
  case other = "other"
  /// The dataset does not say.
  case unknown = "unknown"
}

/// Where the view of a radiograph was learned from.
public enum ViewSource: String, CaseIterable, Codable, Hashable, Sendable {
  /// The dataset's own column says it.
  case declared
  /// The dataset is documented to hold this view only, or another column implies it.
  case inferred
  /// A model predicted it.
  case model
}
