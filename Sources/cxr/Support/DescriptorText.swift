// SPDX-License-Identifier: Apache-2.0
import CXRIngest

/// What `cxr dataset` prints of a descriptor.
struct DescriptorText {
  private let summary: DescriptorSummary

  /// Creates the text of a summary.
  ///
  /// - Parameter summary: What the descriptor says.
  init(_ summary: DescriptorSummary) { self.summary = summary }

  /// Who made the dataset, under which terms, and which choices there are.
  var entry: String {
    ([TextLines.wrapped("\(summary.name) – \(summary.title)", indent: 2)] + origin + variants)
      .joined(separator: "\n") + "\n"
  }

  /// All that the descriptor says.
  var text: String {
    let parts = [
      ["\(summary.name) – \(summary.title): the descriptor is correct."], origin, tables, columns,
      views, labels, variants,
    ]
    return parts.flatMap(\.self).joined(separator: "\n") + "\n"
  }

  private var origin: [String] {
    rows("licence", summary.licence.map { [$0] } ?? [])
      + rows("citation", summary.citation.map { [$0] } ?? [])
  }

  private var tables: [String] {
    rows(
      "tables",
      summary.tables.map { table in
        "\(table.name): \(table.files.joined(separator: ", "))"
          + (table.joinColumn.map { ", joined by \($0)" } ?? "")
          + (table.isOptional ? ", optional" : "")
      })
  }

  private var columns: [String] {
    rows(
      "columns",
      summary.columns.map { column in
        let names = column.names.joined(separator: " or ")
        return "\(column.key): " + (column.table == "images" ? names : "\(column.table).\(names)")
      })
  }

  private var views: [String] {
    rows(
      "views",
      summary.views.map { view in
        view.words.isEmpty
          ? "\(view.view): all" : "\(view.view): \(view.words.joined(separator: ", "))"
      })
  }

  private var labels: [String] {
    guard let kind = summary.labelKind else { return rows("labels", ["none"]) }
    let kept = summary.labels.filter(\.findings.isEmpty).map(\.name)
    let mapped = summary.labels.filter { !$0.findings.isEmpty }.map { label in
      "\(label.name) → \(label.findings.joined(separator: ", "))"
    }
    return rows("labels", [kind] + mapped)
      + rows("kept only", kept.isEmpty ? [] : [kept.joined(separator: ", ")])
      + rows("findings", [summary.annotatedFindings.joined(separator: ", ")])
      + rows("policy", summary.policy.map { [$0] } ?? [])
      + rows("votes", summary.votes.map { ["\($0) of the readers"] } ?? [])
      + rows("dropped", summary.exclusions)
  }

  private var variants: [String] {
    rows(
      "variants",
      summary.variants.map { variant in
        "--set \(variant.key)=" + variant.choices.joined(separator: "|")
      })
  }

  /// A title before the first of several lines.
  private func rows(_ title: String, _ values: [String]) -> [String] {
    values.enumerated().map { index, value in
      let head = index == 0 ? title : ""
      return TextLines.wrapped(
        "  " + head + String(repeating: " ", count: 11 - head.count) + value, indent: 15)
    }
  }
}
