// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// A path with fields in braces, such as `files/p{patient:2}/p{patient}/s{study}/{image}.jpg`.
///
/// Fields are `image`, `stem` (the image's name without folders and extension), `patient`, `study`,
/// `part` (of the official split), and columns of the images; `:2` takes the first two characters.
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
      pieces.append(
        .field(
          Self.source(String(words.first ?? "")),
          length: words.dropFirst().first.flatMap {
            Int($0)
          }))
      rest = rest[rest.index(after: close)...]
    }
    self.pieces = pieces + [.text(String(rest))]
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
