// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore

/// Counts the records of one file: read, dropped by reason, and what is worth telling.
struct RecordTally {
  let fileName: String
  let policy: BadRecordPolicy
  private(set) var readCount = 0
  private(set) var dropped: [String: Int] = [:]
  /// The words that are quoted; hand them on to the tally of a dataset's next file.
  private(set) var words: QuotedWords
  private var log = DiagnosticLog()
  /// The notices whose words are not quoted, by message.
  private var unquoted: [String: UnquotedWords] = [:]

  init(fileName: String, policy: BadRecordPolicy, words: QuotedWords = QuotedWords()) {
    self.fileName = fileName
    self.policy = policy
    self.words = words
  }

  /// What is worth telling of the records.
  var diagnostics: [Diagnostic] {
    log.diagnostics
      + unquoted.values.sorted { $0.message < $1.message }.map(\.diagnostic)
  }

  /// The number of records dropped.
  var droppedCount: Int { dropped.values.reduce(0, +) }

  mutating func countRead() { readCount += 1 }

  /// Drops a record.
  ///
  /// - Parameters:
  ///   - reason: What makes records of this kind unusable, in a few words.
  ///   - detail: What was expected and found.
  ///   - line: The line of the record.
  /// - Throws: ``IngestError`` with code `.badRecord` when no further record may be dropped.
  mutating func drop(_ reason: String, _ detail: String, line: Int) throws(IngestError) {
    guard droppedCount < policy.maximumBadRecordCount else {
      throw IngestError(
        .badRecord,
        "\(fileName):\(line): \(detail); correct the file, or skip such records with "
          + "--max-bad-rows \(droppedCount + 1) or more.")
    }
    dropped[reason, default: 0] += 1
    log.add(
      Diagnostic(
        .warning, code: "record-dropped", message: "records dropped: \(reason)", file: fileName,
        line: line))
  }

  mutating func warn(_ code: String, _ message: String, line: Int? = nil) {
    warn(code, message, at: RecordPlace(file: fileName, line: line))
  }

  /// Warns of a value that may come from another file.
  mutating func warn(_ code: String, _ message: String, at place: RecordPlace) {
    log.add(Diagnostic(.warning, code: code, message: message, file: place.file, line: place.line))
  }

  /// Warns of a record; beyond the words that may be quoted, others are counted.
  mutating func warn(_ notice: RecordNotice, line: Int) {
    warn(notice, at: RecordPlace(file: fileName, line: line))
  }

  /// Warns of a value that may come from another file.
  mutating func warn(_ notice: RecordNotice, at place: RecordPlace) {
    guard let word = notice.word else { return warn(notice.code, notice.message, at: place) }
    if let word = words.admit(word, code: notice.code) {
      return warn(notice.code, notice.text(quoting: word), at: place)
    }
    let first = UnquotedWords(code: notice.code, message: notice.message, place: place)
    unquoted[notice.message, default: first].add(word)
  }

  mutating func note(_ code: String, _ message: String, line: Int? = nil, count: Int = 1) {
    note(code, message, at: RecordPlace(file: fileName, line: line), count: count)
  }

  /// Notes something of a value that may come from another file.
  mutating func note(_ code: String, _ message: String, at place: RecordPlace, count: Int = 1) {
    log.add(
      Diagnostic(
        .note, code: code, message: message, file: place.file, line: place.line, count: count))
  }

  /// The records dropped, by reason.
  var flow: [Provenance.FlowStep] {
    dropped.sorted { $0.key < $1.key }.map { Provenance.FlowStep("dropped: \($0.key)", $0.value) }
  }
}
