// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRYAML
internal import Yams

/// Reads the parts of a descriptor that are not one key each.
struct DescriptorReader {
  let fields: YAMLMapping

  init(_ fields: YAMLMapping) {
    self.fields = fields
    if let version = fields.count("schema") {
      if version != DatasetDescriptor.schemaVersion {
        fields.note(
          "version \(version) is not known; this program reads version "
            + "\(DatasetDescriptor.schemaVersion)", at: "schema")
      }
    } else if !fields.has("schema") {
      fields.note("is missing; write schema: \(DatasetDescriptor.schemaVersion)", at: "schema")
    }
    for key in ["patient", "homepage"] { _ = fields.node(key) }
  }

  var names: (name: String, title: String) {
    let name = fields.requiredText("name", remedy: "give the dataset a short name")
    let isPlain = name.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
    }
    if !isPlain {
      fields.note("\(name) has other characters than a-z, 0-9 and -", at: "name")
    }
    return (name, fields.text("title") ?? name)
  }

  var tables: [TableRule] {
    guard let tables = fields.mapping("tables") else {
      if !fields.has("tables") {
        fields.note("is missing; name the files, at least those of the images", at: "tables")
      }
      return []
    }
    let rules = tables.pairs.compactMap { name, _ in
      tables.mapping(name).map { TableRule($0, name: name) }
    }
    if !rules.contains(where: { $0.name == DatasetDescriptor.imagesTable }) {
      tables.note(
        "is missing; one table must hold a record per radiograph",
        at: DatasetDescriptor.imagesTable)
    }
    return rules
  }

  var image: ImageRule {
    guard let image = fields.mapping("image") else {
      if !fields.has("image") {
        fields.note("is missing; name the column of the image with image: {id: …}", at: "image")
      }
      return .missing
    }
    return ImageRule(image)
  }

  var view: ViewRule {
    if !fields.has("view") {
      fields.note(
        "is missing; say which column holds the projection, or - {constant: PA}", at: "view")
    }
    return ViewRule(fields.mappings("view"))
  }

  var acquired: (date: ColumnRule?, time: ColumnRule?) {
    guard let acquired = fields.mapping("acquired") else { return (nil, nil) }
    defer { acquired.close() }
    return (
      acquired.requiredColumn("date", remedy: "name the column of the date"),
      acquired.column("time")
    )
  }

  var attributes: [(name: String, column: ColumnRule, words: Set<String>?)] {
    guard let attributes = fields.mapping("attributes") else { return [] }
    return attributes.pairs.compactMap { name, node in
      guard node.mapping != nil, let rule = attributes.mapping(name) else {
        return attributes.column(name).map { (name, $0, nil) }
      }
      defer { rule.close() }
      let words = rule.texts("words").map(Set.init)
      return rule.requiredColumn("column", remedy: "name the column").map { (name, $0, words) }
    }
  }
}
