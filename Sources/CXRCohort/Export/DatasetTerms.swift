// SPDX-License-Identifier: Apache-2.0
internal import Yams

/// What a dataset's descriptor says of licence, citation and home page.
struct DatasetTerms: Hashable {
  /// The licence, as its holders call it.
  let licence: String?
  /// How the dataset is cited.
  let citation: String?
  /// Where the dataset is described.
  let homepage: String?

  /// Reads a descriptor; what it does not say, or cannot be read, is unknown.
  ///
  /// - Parameter descriptor: YAML that was checked when the dataset was ingested.
  init(descriptor: String?) {
    let node = descriptor.flatMap { try? Yams.compose(yaml: $0) }
    licence = node?["licence"]?.string
    citation = node?["citation"]?.string
    homepage = node?["homepage"]?.string
  }
}
