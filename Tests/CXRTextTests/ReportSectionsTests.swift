// SPDX-License-Identifier: Apache-2.0
import CXRText
import Testing

@Suite("Report sections")
struct ReportSectionsTests {
  private func sections(_ text: String) -> ReportSections { ReportSections(Array(text.utf8)) }

  @Test("Splits at upper-case headers, joins hard-wrapped lines and keeps redactions")
  func splits() {
    let report = sections(
      """
                                       FINAL REPORT
       EXAMINATION:  CHEST (PA AND LAT)

       INDICATION:  ___ year old woman with cough  // pneumonia?

       FINDINGS:

       The lungs are\u{20}
       clear.  Heart size is
       normal.

       IMPRESSION:

       No acute   process
       since ___.

      """)
    #expect(report.names == [.examination, .indication, .findings, .impression])
    #expect(report.text(.impression) == "No acute process since ___.")
    #expect(report.text(.findings) == "The lungs are clear. Heart size is normal.")
    #expect(report.text(.indication) == "___ year old woman with cough // pneumonia?")
    #expect(report.text(.comparison) == nil)
    #expect(
      report.summary == ReportSummary(text: "No acute process since ___.", section: .impression))
  }

  @Test("Takes the last occurrence that has any text")
  func lastOccurrence() {
    #expect(sections("IMPRESSION: One.\nIMPRESSION: Two.\n").text(.impression) == "Two.")
    #expect(sections("IMPRESSION: One.\nIMPRESSION:\n \n").text(.impression) == "One.")
  }

  @Test(
    "Knows a header's spellings",
    arguments: [
      ("CONCLUSION", ReportSectionName.impression), ("FINDINGS AND IMPRESSION", .impression),
      ("IMPRESSION/RECOMMENDATION(S)", .impression), ("FINDING", .findings),
      ("COMPARISONS", .comparison), ("REASON FOR EXAMINATION", .indication),
      ("CLINICAL HISTORY", .history), ("TYPE OF EXAMINATION", .examination),
      ("WET READ VERSION", .wetRead), ("ADDENDUM", .addendum), ("PORTABLE CHEST", .other),
    ])
  func synonyms(header: String, name: ReportSectionName) {
    #expect(sections(" \(header):  Text.\n").names == [name])
  }

  @Test(
    "Takes no header from mixed case, clock times, ratios or the middle of a line",
    arguments: ["Impression: a", "AT 5:30 PM: a", "PM:30", "see IMPRESSION: a", "A: b", "CTR:0.5"])
  func noHeader(line: String) {
    #expect(sections(line).names == [.preamble])
  }

  @Test("Keeps organs that are listed as headers in their section")
  func subheadings() {
    let report = sections("FINDINGS:\nLUNGS: Clear.\nHEART: Normal.\nIMPRESSION: Normal.\n")
    #expect(report.text(.findings) == "LUNGS: Clear. HEART: Normal.")
    #expect(report.names == [.findings, .impression])
  }

  @Test("Falls back to findings, last paragraph and comparison, and says so")
  func summaryOrder() {
    #expect(sections("FINDINGS: F.\nCOMPARISON: C.\n").summary?.section == .findings)
    let paragraph = sections(
      "REASON FOR EXAM: Cough.\n\n PA and lateral views.\n\n The lungs\n are clear.\n \n")
    #expect(
      paragraph.summary == ReportSummary(text: "The lungs are clear.", section: .lastParagraph))
    #expect(sections("COMPARISON: C.\n").summary?.section == .comparison)
    #expect(sections("HISTORY: Cough.\n").summary == nil)
    #expect(sections("").summary == nil)
    #expect(sections("FINAL REPORT\n CHEST, ___\n\n Clear.\n").summary?.text == "Clear.")
  }

  @Test("Lets a rule of underscores end a section, but not a redaction")
  func addenda() {
    let rule = String(repeating: "_", count: 78)
    let wetRead = sections("WET READ: Edema.\n \(rule)\n FINAL REPORT\n IMPRESSION: Clear.\n")
    #expect(wetRead.summary?.text == "Clear.")
    #expect(wetRead.text(.wetRead) == "Edema.")
    let addendum = sections("IMPRESSION: Clear. ___\n___ again\n\(rule)\nADDENDUM: Sent.\n")
    #expect(addendum.summary?.text == "Clear. ___ ___ again")
    let revised = sections("IMPRESSION: Clear.\n\(rule)\nADDENDUM:\nIMPRESSION: Edema.\n")
    #expect(revised.summary?.text == "Edema.")
    #expect(sections("ADDENDUM: Sent.\n").summary == nil)
  }

  @Test("Copes with carriage returns and bytes that are no text")
  func oddBytes() {
    let report = ReportSections(Array("IMPRESSION: A\r\n b\r\n".utf8) + [0xFF])
    #expect(report.text(.impression) == "A b \u{FFFD}")
    #expect(sections(":\n::\nA\n\u{0}").summary?.section == .lastParagraph)
  }

  @Test("Joins the lines of a table's cell, written out or not")
  func cells() {
    #expect(" 1. No\nchange.\\n \\n 2.\tClear ".joinedLines() == "1. No change. 2. Clear")
    #expect("a\\x".joinedLines() == "a\\x")
    #expect("".joinedLines().isEmpty)
  }
}
