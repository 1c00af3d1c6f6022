// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// The words that a message of one kind does not quote, because it has quoted enough others.
struct UnquotedWords {
  let code: String
  let message: String
  /// Where the first of them is.
  let place: RecordPlace
  private var count = 0
  /// Their hashes: to tell how many there are, the words themselves need not be kept.
  private var hashes: Set<Int> = []

  init(code: String, message: String, place: RecordPlace) {
    self.code = code
    self.message = message
    self.place = place
  }

  mutating func add(_ word: String) {
    count += 1
    hashes.insert(word.hashValue)
  }

  /// A warning that counts them.
  var diagnostic: Diagnostic {
    let others = NumberText.count(hashes.count) + (hashes.count == 1 ? " other" : " others")
    return Diagnostic(
      .warning, code: code, message: "and \(others): \(message)", file: place.file,
      line: place.line, count: count)
  }
}
