// SPDX-License-Identifier: Apache-2.0

/// The sections of a free-text radiology report, such as those of MIMIC-CXR.
///
///     let sections = ReportSections(Array(text.utf8))
///     sections.text(.impression)  // "No acute cardiopulmonary process."
///     sections.summary            // the same, and that it is the impression
///
/// A header is an upper-case phrase at the start of a line that ends in a colon. Spellings count as
/// one: `CONCLUSION` is an impression, and so is `FINDINGS AND IMPRESSION`, the only conclusion such
/// a report has. Organs listed as headers (`LUNGS:`) stay in the section that they stand in.
///
/// When a section is repeated, its **last** occurrence with any text counts. A long rule of
/// underscores, which separates addenda and preliminary readings, ends a section. What is headed as
/// addendum or preliminary reading is a section of its own and never the summary; but an impression
/// that an addendum repeats under its own header replaces the former one, for it is the later word.
///
/// `___`, which marks redaction, stays in the text. Lines are joined and white space collapsed.
public struct ReportSections: Sendable {
  private struct Section {
    let name: ReportSectionName
    var body: Range<Int>
  }

  private let bytes: [UInt8]
  private var sections: [Section] = []

  /// Splits a report.
  ///
  /// - Parameter utf8: The report as UTF-8; broken characters are replaced.
  /// - Complexity: O(length).
  public init(_ utf8: some Collection<UInt8>) {
    bytes = Array(utf8)
    split()
  }

  /// The sections in the order of the report, repeated ones as often as they occur.
  public var names: [ReportSectionName] { sections.map(\.name) }

  /// Returns the text of a section in one line.
  ///
  /// - Parameter name: Which section.
  /// - Returns: The text of its last occurrence that has any, or `nil` without one.
  public func text(_ name: ReportSectionName) -> String? {
    if name == .lastParagraph { return lastParagraph }
    return sections.reversed().lazy.filter { $0.name == name }
      .map { joinedLines(bytes[$0.body]) }.first { !$0.isEmpty }
  }

  /// The impression, or else the findings, the last paragraph or the comparison; `nil` for a report
  /// with none of them.
  ///
  /// This is the order of the authors of MIMIC-CXR.
  ///
  /// - SeeAlso: Johnson et al., *Scientific Data* 6 (2019),
  ///   <https://doi.org/10.1038/s41597-019-0322-0>.
  public var summary: ReportSummary? {
    for name in [ReportSectionName.impression, .findings, .lastParagraph, .comparison] {
      if let text = text(name) { return ReportSummary(text: text, section: name) }
    }
    return nil
  }

  /// The last paragraph of the last section that a reading may stand in.
  ///
  /// Below a header that names something else, such as the indication, the first paragraph is that;
  /// only a further one is the reading.
  private var lastParagraph: String? {
    let excluded: Set<ReportSectionName> = [
      .addendum, .wetRead, .notification, .recommendation, .impression, .findings,
    ]
    let last = sections.last { section in
      !excluded.contains(section.name) && bytes[section.body].contains { !isSpace($0) }
    }
    guard let last else { return nil }
    let paragraphs = paragraphs(of: last.body)
    let hasOwnText = last.name == .preamble || last.name == .other
    guard let paragraph = paragraphs.last, hasOwnText || paragraphs.count > 1 else { return nil }
    return joinedLines(bytes[paragraph])
  }
}

extension ReportSections {
  private mutating func split() {
    var open = Section(name: .preamble, body: 0..<0)
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      if isRule(start..<end) {
        close(&open, at: start, next: .preamble, from: end)
      } else if let header = header(in: start..<end) {
        if let name = ReportHeaderRule.rule(for: bytes[header]).section {
          close(&open, at: start, next: name, from: header.upperBound + 1)
        }
      } else if isTitle(start..<end) {
        close(&open, at: start, next: .preamble, from: end)
      }
      start = end + 1
    }
    close(&open, at: bytes.count, next: .preamble, from: bytes.count)
  }

  /// Ends the open section, keeping it unless it is a preamble without text, and opens the next.
  private mutating func close(
    _ open: inout Section, at end: Int, next: ReportSectionName, from start: Int
  ) {
    open.body = open.body.lowerBound..<max(open.body.lowerBound, end)
    if open.name != .preamble || bytes[open.body].contains(where: { !isSpace($0) }) {
      sections.append(open)
    }
    open = Section(name: next, body: start..<start)
  }

  /// The phrase before the colon of a line that is a header.
  ///
  /// At least three letters, no digit, and a blank or nothing after the colon, so that neither a
  /// clock time nor a ratio makes a header.
  private func header(in line: Range<Int>) -> Range<Int>? {
    guard let start = bytes[line].firstIndex(where: { !isSpace($0) }), isUpper(bytes[start]) else {
      return nil
    }
    var letters = 0
    for index in start..<min(line.upperBound, start + 64) {
      switch bytes[index] {
      case 0x41...0x5A: letters += 1
      case UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "/"),
        UInt8(ascii: ","), UInt8(ascii: "-"), UInt8(ascii: "&"):
        break
      case UInt8(ascii: ":"):
        let isFollowedBySpace = index + 1 >= line.upperBound || isSpace(bytes[index + 1])
        return letters >= 3 && isFollowedBySpace ? start..<index : nil
      default: return nil
      }
    }
    return nil
  }

  /// Whether a line is a long rule of underscores; the three of a redaction are none.
  private func isRule(_ line: Range<Int>) -> Bool {
    let marks = bytes[line].count { $0 == UInt8(ascii: "_") }
    return marks >= 20 && bytes[line].allSatisfy { $0 == UInt8(ascii: "_") || isSpace($0) }
  }

  /// Whether a line is the report's title and nothing else.
  private func isTitle(_ line: Range<Int>) -> Bool {
    guard let start = bytes[line].firstIndex(where: { !isSpace($0) }) else { return false }
    let text = bytes[start..<line.upperBound]
    return text.starts(with: Self.title)
      && text.dropFirst(Self.title.count).allSatisfy { isSpace($0) }
  }

  private static let title = Array("FINAL REPORT".utf8)

  /// The stretches between blank lines.
  private func paragraphs(of body: Range<Int>) -> [Range<Int>] {
    var paragraphs: [Range<Int>] = []
    var open: Range<Int>?
    var start = body.lowerBound
    while start < body.upperBound {
      let end = bytes[start..<body.upperBound].firstIndex(of: 0x0A) ?? body.upperBound
      if bytes[start..<end].allSatisfy({ isSpace($0) }) {
        if let paragraph = open { paragraphs.append(paragraph) }
        open = nil
      } else {
        open = (open?.lowerBound ?? start)..<end
      }
      start = end + 1
    }
    return paragraphs + (open.map { [$0] } ?? [])
  }

  private func isUpper(_ byte: UInt8) -> Bool { 0x41...0x5A ~= byte }
}
