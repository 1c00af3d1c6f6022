// SPDX-License-Identifier: Apache-2.0
import CXRCore
import Testing

@testable import CXRIngest

@Suite("Words of cells in messages")
struct QuotedWordsTests {
  let fixture: DescriptorFixture

  init() throws { fixture = try DescriptorFixture() }

  /// Reads a table whose columns were taken for ones of words and hold something else.
  private func read(rowCount: Int, word: (Int) -> String) throws -> ReadDataset {
    let rows = (0..<rowCount).map { "a\($0),\(word($0)),\(word($0)),\(word($0)),\(word($0))\n" }
    try fixture.write("image,view,sex,race,labels\n" + rows.joined(), to: "a.csv")
    return try fixture.read(
      DatasetDescriptor(
        yaml: """
          schema: 1
          name: a
          tables: {images: {file: a.csv}}
          image: {id: image}
          view: [{column: view, map: {PA: PA}}]
          sex: {column: sex}
          race: {column: race, cases: [{group: White, exactly: W}]}
          labels: {kind: list, column: labels, map: {Edema: Edema}}
          """, fileName: "a.yaml"))
  }

  static let codes = ["view-unknown", "sex-unknown", "race-unknown", "label-unknown"]

  @Test("At most 40 different words of a kind are quoted, the others counted", arguments: codes)
  func count(_ code: String) throws {
    let dataset = try read(rowCount: 104) { "word\($0 % 52)" }
    let diagnostics = dataset.diagnostics.filter { $0.code == code }
    #expect(diagnostics.count == 41)
    #expect(diagnostics.dropLast().allSatisfy { $0.message.contains("word") && $0.count == 2 })
    let others = try #require(diagnostics.last)
    #expect(others.message.hasPrefix("and 12 others: "), "\(others)")
    #expect(others.count == 24 && others.file == "a.csv" && others.line == 42)
    #expect(dataset.count(code) == 104)
  }

  @Test("Words are cut to 40 characters on one line", arguments: codes)
  func length(_ code: String) throws {
    let text = "Seen on the ward by Dr Person on the third of May 2019"
    let dataset = try read(rowCount: 1) { _ in "\"\(text)\"" }
    let message = try #require(dataset.diagnostics.first { $0.code == code }?.message)
    #expect(message.contains(" Seen on the ward by Dr Person on the th… is not"), "\(message)")
    #expect(QuotedWords.cut("two\r\nlines") == "two lines")
    #expect(QuotedWords.cut(String(repeating: "x", count: 40)).hasSuffix("x"))
    #expect(QuotedWords.cut(String(repeating: "x", count: 41)).count == 40)
  }

  @Test("All files of a dataset share the words that are quoted")
  func files() throws {
    var first = RecordTally(fileName: "a", policy: BadRecordPolicy())
    for index in 0..<40 {
      first.warn(RecordNotice("view-unknown", "view …", quoting: "\(index)"), line: 1)
    }
    var second = RecordTally(fileName: "b", policy: BadRecordPolicy(), words: first.words)
    second.warn(RecordNotice("view-unknown", "view …", quoting: "0"), line: 2)
    second.warn(RecordNotice("view-unknown", "view …", quoting: "new"), line: 3)
    #expect(second.diagnostics.map(\.message) == ["view 0", "and 1 other: view …"])
  }
}
