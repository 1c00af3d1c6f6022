// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRYAML

/// Radiographs that are not taken into the catalog, and why.
struct ExclusionRule: Sendable {
  let reason: String
  var condition: Condition?
  /// A label that the radiograph must not have.
  let label: String?
  /// The line of the descriptor that names the label.
  let labelLine: Int
  /// Images by name.
  let images: Set<String>

  init(_ fields: YAMLMapping) {
    reason = fields.requiredText("reason", remedy: "say in a few words why")
    condition = fields.mapping("when").map(Condition.init)
    label = fields.text("label")
    labelLine = fields.line(of: "label")
    images = Set(fields.texts("images") ?? [])
    if condition == nil, label == nil, images.isEmpty {
      fields.note("give one of when, label and images", at: "when")
    }
    fields.close()
  }
}

/// Where the reports are.
enum ReportRule: Sendable {
  /// Whole reports in a table of texts, divided by the rules for MIMIC reports.
  case texts(table: String, line: Int)
  /// Columns of the images, by section.
  case columns([(section: String, column: ColumnRule)])

  init?(_ fields: YAMLMapping) {
    let table = fields.text("table")
    let sections = fields.mapping("sections")
    defer { fields.close() }
    if let sections {
      self = .columns(
        sections.pairs.compactMap { name, _ in sections.column(name).map { (name, $0) } })
    } else if let table {
      self = .texts(table: table, line: fields.line(of: "table"))
    } else {
      fields.note("give a table of texts, or the columns of sections", at: "table")
      return nil
    }
  }
}

/// Boxes that readers drew.
struct BoxRule: Sendable {
  enum Extent: Sendable {
    case size(width: ColumnRule, height: ColumnRule)
    case corner(xMax: ColumnRule, yMax: ColumnRule)
  }

  let table: String
  /// The line of the descriptor that names the table.
  let line: Int
  let image: ColumnRule
  let label: ColumnRule
  let x: ColumnRule
  let y: ColumnRule
  let extent: Extent

  init?(_ fields: YAMLMapping) {
    table = fields.requiredText("table", remedy: "name the table of the boxes")
    line = fields.line(of: "table")
    let image = fields.requiredColumn("image", remedy: "name the column of the image")
    let label = fields.requiredColumn("label", remedy: "name the column of the label")
    let x = fields.requiredColumn("x", remedy: "name the column of the left edge")
    let y = fields.requiredColumn("y", remedy: "name the column of the upper edge")
    let size = (fields.column("width"), fields.column("height"))
    let corner = (fields.column("xMax"), fields.column("yMax"))
    defer { fields.close() }
    if let width = size.0, let height = size.1 {
      extent = .size(width: width, height: height)
    } else if let xMax = corner.0, let yMax = corner.1 {
      extent = .corner(xMax: xMax, yMax: yMax)
    } else {
      fields.note("give width and height, or xMax and yMax", at: "width")
      return nil
    }
    guard let image, let label, let x, let y else { return nil }
    (self.image, self.label, self.x, self.y) = (image, label, x, y)
  }
}
