// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRYAML

/// A path with fields in braces, such as `files/p{patient:2}/p{patient}/s{study}/{image}.jpg`.
///
/// Fields are `image`, `stem` (the image's name without folders and extension), `patient`, `study`,
/// `part` (of the official split), and columns of the images; `:2` takes the first two characters,
/// and `:whole` writes `12.0` in a column as `12`.
struct PathTemplate: Sendable {
  enum Source: Sendable {
    case image, stem, patient, study, part
    case column(ColumnRule)
  }

  enum Piece: Sendable {
    case text(String)
    case field(Source, length: Int?)
  }

  let pieces: [Piece]

  init?(_ text: String, _ fields: YAMLMapping) {
    guard !text.hasPrefix("/"), !text.split(separator: "/").contains("..") else {
      fields.note("\(text) leaves the root; give a path below it", at: "path")
      return nil
    }
    var pieces: [Piece] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      guard let close = rest[open...].firstIndex(of: "}") else {
        fields.note("a brace is not closed; write {image}", at: "path")
        return nil
      }
      pieces.append(.text(String(rest[..<open])))
      let words = rest[rest.index(after: open)..<close].split(separator: ":", maxSplits: 1)
      guard
        let field = Self.field(String(words.first ?? ""), taking: words.dropFirst().first)
      else {
        fields.note(
          "{\(words.joined(separator: ":"))} is no field; write {image}, or {column:2} for two "
            + "characters, or {column:whole} for a whole number", at: "path")
        return nil
      }
      pieces.append(field)
      rest = rest[rest.index(after: close)...]
    }
    self.pieces = pieces + [.text(String(rest))]
  }

  private static func field(_ name: String, taking part: Substring?) -> Piece? {
    let source = source(name)
    guard let part else { return name.isEmpty ? nil : .field(source, length: nil) }
    if part == "whole", case .column(var rule) = source {
      rule.number = .whole
      return .field(.column(rule), length: nil)
    }
    guard let length = Int(part), length > 0 else { return nil }
    return .field(source, length: length)
  }

  private static func source(_ name: String) -> Source {
    switch name {
    case "image": .image
    case "stem": .stem
    case "patient": .patient
    case "study": .study
    case "part": .part
    default: .column(ColumnRule(column: name))
    }
  }

  /// The columns of the images that the path needs.
  var columns: [ColumnRule] {
    pieces.compactMap { if case .field(.column(let rule), _) = $0 { rule } else { nil } }
  }
}
