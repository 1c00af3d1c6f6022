// SPDX-License-Identifier: Apache-2.0

/// Which section a header stands for.
///
/// Hospitals and years spell headers differently, so a header counts for the first word of this list
/// that it holds: `IMPRESSION`, `IMPRESSIONS`, `FINAL IMPRESSION` and `CHEST IMPRESSION` are one.
struct ReportHeaderRule {
  /// What the header holds, upper-case; a beginning of a word is enough.
  let word: String
  /// The section it stands for, or `nil` for a subheading, whose text stays in its section.
  let section: ReportSectionName?

  /// The rules, the first match counting.
  static let all: [ReportHeaderRule] = [
    // A preliminary or later reading is never the report's own impression, whatever it says.
    rule("WET READ", .wetRead),
    rule("PRELIMINARY", .wetRead),
    rule("ADDEND", .addendum),
    // FINDINGS AND IMPRESSION holds the only conclusion that there is: it is the impression.
    rule("IMPRESSION", .impression),
    rule("CONCLUSION", .impression),
    rule("OPINION", .impression),
    rule("FINDING", .findings),
    rule("COMPARISON", .comparison),
    rule("INDICATION", .indication),
    rule("REASON", .indication),
    rule("CLINICAL INFORMATION", .indication),
    rule("CLINICAL QUESTION", .indication),
    rule("HISTORY", .history),
    rule("TECHNIQUE", .technique),
    rule("PROCEDURE", .technique),
    rule("RECOMMENDATION", .recommendation),
    rule("NOTIFICATION", .notification),
    // The title of the report, not a section: what follows stands before the first header.
    rule("FINAL REPORT", .preamble),
    rule("EXAM", .examination),
    rule("STUDY", .examination),
    // Structured reports list organs below FINDINGS; cutting there would leave FINDINGS empty.
    subheading("LUNG"), subheading("PLEURA"), subheading("HEART"), subheading("CARDI"),
    subheading("MEDIASTIN"), subheading("HILA"), subheading("BONE"), subheading("OSSEOUS"),
    subheading("SOFT TISSUE"), subheading("LINES"), subheading("TUBES"), subheading("DEVICES"),
    subheading("SUPPORT"), subheading("AIRWAY"), subheading("DIAPHRAGM"), subheading("ABDOMEN"),
  ]

  /// The section of a header that no rule knows.
  static let fallback = rule("", .other)

  /// Returns the rule of a header.
  ///
  /// - Parameter header: The upper-case phrase before the colon.
  /// - Returns: The first rule whose word begins a word of the header.
  static func rule(for header: ArraySlice<UInt8>) -> ReportHeaderRule {
    let index = matchers.firstIndex { matcher in
      header.indices.contains { start in
        (start == header.startIndex || !isLetter(header[start - 1]))
          && header[start...].starts(with: matcher)
      }
    }
    return index.map { all[$0] } ?? fallback
  }

  private static let matchers = all.map { Array($0.word.utf8) }

  private static func isLetter(_ byte: UInt8) -> Bool { 0x41...0x5A ~= byte }

  private static func rule(_ word: String, _ section: ReportSectionName) -> ReportHeaderRule {
    ReportHeaderRule(word: word, section: section)
  }

  private static func subheading(_ word: String) -> ReportHeaderRule {
    ReportHeaderRule(word: word, section: nil)
  }
}
