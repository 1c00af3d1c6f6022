// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore

/// The label names that files about a dataset may use.
struct LabelVocabulary {
  private let scoreNameByFoldedName: [String: String]
  /// The names, for "did you mean" remedies.
  let names: [String]

  init(nativeLabels: [NativeLabel]) {
    var names = Dictionary(
      nativeLabels.map { (Finding.folded($0.name), $0.scoreName) }, uniquingKeysWith: { $1 })
    for finding in Finding.allCases { names[Finding.folded(finding.name)] = finding.name }
    scoreNameByFoldedName = names
    self.names = Set(nativeLabels.map(\.name)).union(Finding.allCases.map(\.name)).sorted()
  }

  /// Returns the name under which scores of a label are stored.
  ///
  /// - Parameter name: A finding, a synonym, or a native label, in any usual spelling.
  /// - Returns: The name, or `nil` when no label is called so.
  func scoreName(_ name: some StringProtocol) -> String? {
    Finding(name: name)?.name ?? scoreNameByFoldedName[Finding.folded(name)]
  }
}
