// SPDX-License-Identifier: Apache-2.0
internal import CXRText

/// How an impression was shortened, as the catalog records it.
struct ShorteningNote {
  static let none = ShorteningNote(method: "none", removedText: "")

  /// The method, such as `extractive/1 sentences`.
  private(set) var method: String
  /// What was cut, one piece on a line with the reason before it.
  private(set) var removedText: String

  private init(method: String, removedText: String) {
    self.method = method
    self.removedText = removedText
  }

  /// Notes what the rules left out.
  init(_ short: ShortenedImpression) {
    method = "\(ExtractiveShortener.version) \(short.method.rawValue)"
    removedText = short.removed.map { "\($0.reason.rawValue): \($0.text)" }
      .joined(separator: "\n")
  }

  /// Notes that a model rewrote a text, which is kept whole.
  init(rewritten text: String, model: String) {
    method = "rewritten \(model)"
    removedText = "rewritten: \(text)"
  }

  /// Notes a further step.
  mutating func append(_ next: ShorteningNote) {
    method += ", \(next.method)"
    removedText += "\n\(next.removedText)"
  }
}
