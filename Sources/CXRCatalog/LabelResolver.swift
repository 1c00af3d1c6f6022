// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

/// Turns a label selection into labels whose states and scores can be looked up.
struct LabelResolver {
  let database: Database
  let datasetID: Int64

  /// Where the states of a label are stored.
  enum Source {
    case finding(Finding)
    case native(id: Int64)
  }

  /// A label that can be looked up.
  struct Label {
    /// The name as reports write it.
    let name: String
    /// The name under which scores and thresholds are stored.
    let scoreName: String
    let source: Source
  }

  func resolve(_ selection: LabelSelection) throws -> [Label] {
    switch selection {
    case .eight: return Finding.evaluationEight.map(Self.label)
    case .fourteen: return Finding.allCases.map(Self.label)
    case .native: return try nativeLabels()
    case .named(let names):
      let native = try nativeLabels()
      let labels = try names.map { try label(named: $0, among: native) }
      guard !labels.isEmpty else {
        throw CatalogError(.unknownName, "No label is named; give names with commas, or eight.")
      }
      for (index, label) in labels.enumerated()
      where labels[..<index].contains(where: { $0.name == label.name }) {
        throw CatalogError(.unknownName, "\(label.name) is named twice; name each label once.")
      }
      return labels
    }
  }

  private func label(named name: String, among native: [Label]) throws -> Label {
    if let finding = Finding(name: name) { return Self.label(finding) }
    if let label = native.first(where: { Finding.folded($0.name) == Finding.folded(name) }) {
      return label
    }
    let sets = ["eight", "fourteen", "native"]
    let known = (sets + Finding.allCases.map(\.name) + native.map(\.name)).distinct
    let suggestion = known.nearest(to: name).map { "did you mean \($0)?" }
    throw CatalogError(
      .unknownName,
      "There is no label \(name); "
        + (suggestion ?? "the dataset has \(known.joined(separator: ", "))."))
  }

  private static func label(_ finding: Finding) -> Label {
    Label(name: finding.name, scoreName: finding.name, source: .finding(finding))
  }

  private func nativeLabels() throws -> [Label] {
    try Row.fetchAll(
      database, sql: "SELECT id, name FROM nativeLabel WHERE datasetID = ? ORDER BY name",
      arguments: [datasetID]
    ).map { row in
      let label = NativeLabel(name: row["name"], finding: nil)
      return Label(name: label.name, scoreName: label.scoreName, source: .native(id: row["id"]))
    }
  }
}
