// SPDX-License-Identifier: Apache-2.0

/// Something worth telling of a record, with the word of the cell that it is about, if any.
struct RecordNotice {
  /// Where a message quotes the word.
  static let place = "…"

  let code: String
  /// What was found and what was done about it; with ``place`` where the word belongs.
  let message: String
  var word: String?
  /// What is told of this word alone, such as the nearest known one.
  var hint = ""

  init(_ code: String, _ message: String, quoting word: String? = nil, hint: String = "") {
    self.code = code
    self.message = message
    self.word = word
    self.hint = hint
  }

  /// The message with a word in its place.
  func text(quoting word: String) -> String {
    let parts = message.split(separator: Self.place, maxSplits: 1, omittingEmptySubsequences: false)
    return parts.joined(separator: word) + hint
  }
}
