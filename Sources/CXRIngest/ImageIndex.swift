// SPDX-License-Identifier: Apache-2.0

/// Finds a dataset's images by what files call them.
struct ImageIndex {
  private let idByName: [String: Int64]
  private let idByStem: [String: Int64]

  init(idByName: [String: Int64]) {
    self.idByName = idByName
    idByStem = Dictionary(
      idByName.map { (String(Self.stem(of: $0.key)), $0.value) }, uniquingKeysWith: min)
  }

  /// Returns the id of an image.
  ///
  /// - Parameter text: The image's name or a path to it, with or without the file extension.
  /// - Returns: The id, or `nil` when the dataset has no such image.
  func id(of text: String) -> Int64? {
    if let id = idByName[text] { return id }
    let lastSlash = text.utf8.lastIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
    let base = lastSlash.map { String(text[text.utf8.index(after: $0)...]) } ?? text
    return idByName[base] ?? idByStem[base]
  }

  private static func stem(of name: String) -> Substring {
    name.utf8.lastIndex(of: UInt8(ascii: ".")).map { name[..<$0] } ?? name[...]
  }
}
