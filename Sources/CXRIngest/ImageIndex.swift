// SPDX-License-Identifier: Apache-2.0

/// Finds what belongs to a dataset's images by what files call them.
struct ImageIndex<Value: Comparable> {
  private let valueByName: [String: Value]
  private let valueByStem: [String: Value]

  /// Creates an index.
  ///
  /// - Parameter valueByName: What belongs to each image, by the image's name.
  init(_ valueByName: [String: Value]) {
    self.valueByName = valueByName
    valueByStem = Dictionary(
      valueByName.map { (String(Self.stem(of: $0.key)), $0.value) }, uniquingKeysWith: min)
  }

  /// Returns what belongs to an image.
  ///
  /// - Parameter text: The image's name or a path to it, with or without the file extension.
  /// - Returns: The value, or `nil` when the dataset has no such image.
  func value(of text: String) -> Value? {
    if let value = valueByName[text] { return value }
    let lastSlash = text.utf8.lastIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
    let base = lastSlash.map { String(text[text.utf8.index(after: $0)...]) } ?? text
    return valueByName[base] ?? valueByStem[base]
  }

  private static func stem(of name: String) -> Substring {
    name.utf8.lastIndex(of: UInt8(ascii: ".")).map { name[..<$0] } ?? name[...]
  }
}
