// SPDX-License-Identifier: Apache-2.0
internal import CXRYAML

/// What is measured of the original image.
struct ImageRule: Sendable {
  /// The column that names the image.
  let id: ColumnRule
  /// The path of the image below the root, with fields in braces.
  let path: PathTemplate?
  let width: ColumnRule?
  let height: ColumnRule?
  let spacingX: ColumnRule?
  let spacingY: ColumnRule?

  /// A rule for a descriptor without one, which is refused once all of it is read.
  static let missing = ImageRule(id: ColumnRule(column: ""))

  private init(id: ColumnRule) {
    self.id = id
    (path, width, height, spacingX, spacingY) = (nil, nil, nil, nil, nil)
  }

  init(_ fields: YAMLMapping) {
    let remedy = "name the column that identifies the image"
    id = fields.requiredColumn("id", remedy: remedy) ?? Self.missing.id
    path = fields.text("path").flatMap { PathTemplate($0, fields) }
    width = fields.column("width")
    height = fields.column("height")
    spacingX = fields.column("spacingX")
    spacingY = fields.column("spacingY")
    fields.close()
  }
}
