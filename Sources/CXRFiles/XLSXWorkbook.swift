// SPDX-License-Identifier: Apache-2.0

/// Which sheets a workbook has: the parts `workbook.xml` and `workbook.xml.rels`.
final class XLSXWorkbook: XMLElementHandler {
  private var sheets: [(name: String, relation: String)] = []
  private var targets: [String: String] = [:]

  /// The sheets in the order of the workbook, each with its path in the archive.
  var sheetPaths: [(name: String, path: String)] {
    sheets.compactMap { sheet in
      guard let target = targets[sheet.relation] else { return nil }
      return (sheet.name, target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target)
    }
  }

  func begin(_ name: Substring, _ attributes: [String: String]) {
    switch name {
    case "sheet":
      // The prefix of the relation's namespace is the writer's choice.
      let relation = attributes.keys.sorted().first { $0.hasSuffix(":id") }
      sheets.append((attributes["name"] ?? "", relation.flatMap { attributes[$0] } ?? ""))
    case "Relationship":
      if let id = attributes["Id"] { targets[id] = attributes["Target"] }
    default: break
    }
  }

  func text(_ piece: String) {}

  func end(_ name: Substring) {}
}
