// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// The text of a simulated MIMIC-CXR report: headers in capitals, lines of at most 79 columns with
/// a leading space, `___` where something was removed.
struct MIMICReport {
  let text: String
  /// Whether the report has a section of its own for the impression.
  let hasImpression: Bool

  init(of study: MIMICStudy, patient: MIMICPatient, seed: UInt64) {
    var draws = PhantomDraws(seed: seed, purpose: "phantom.mimic.report", index: study.studyID)
    let quirks = study.quirks
    var writer = Writer()
    let person = patient.person.sex == .female ? "woman" : "man"
    writer.title()
    writer.section(
      "EXAMINATION", study.isPortable ? "CHEST (PORTABLE AP)" : "CHEST (PA AND LAT)")
    writer.section(
      "INDICATION", "___ year old \(person) with \(draws.pick(Self.complaints)).")
    writer.section("COMPARISON", draws.pick(Self.comparisons))
    let findings = ReportSentences.findings(study.findings, draws: &draws)
    let impression = ReportSentences.impression(study.findings, draws: &draws)
    let findingsText = findings.joined(separator: " ")
    let impressionText = impression.joined(separator: " ")
    hasImpression = quirks.isDisjoint(with: Self.withoutImpression)
    if quirks.contains(.reportWithNeither) {
      writer.section("NOTIFICATION", "The film was repeated; see the later study of ___.")
    } else if quirks.contains(.reportOnlyLastParagraph) {
      writer.paragraph(findingsText)
      writer.paragraph(impressionText)
    } else {
      if !quirks.contains(.reportOnlyImpression) { writer.section("FINDINGS", findingsText) }
      if hasImpression { Self.impression(impressionText, impression, quirks, &writer) }
    }
    if quirks.contains(.addendum) {
      writer.rule()
      writer.section("ADDENDUM", "The above was told to Dr. ___ by telephone at ___ on ___.")
    }
    text = writer.text
  }

  private static func impression(
    _ text: String, _ sentences: [String], _ quirks: Set<MIMICQuirk>, _ writer: inout Writer
  ) {
    if quirks.contains(.impressionAsAbove) { return writer.section("IMPRESSION", "As above.") }
    if quirks.contains(.impressionUnchanged) {
      return writer.section("IMPRESSION", "No change since ___.")
    }
    if quirks.contains(.impressionRepeated) {
      writer.section("IMPRESSION", "Preliminary reading: see below.")
    }
    let isList = sentences.count > 2
    guard isList else { return writer.section("IMPRESSION", text) }
    writer.section("IMPRESSION", nil)
    for (number, sentence) in sentences.enumerated() {
      writer.paragraph("\(number + 1). \(sentence)")
    }
  }

  private static let withoutImpression: Set<MIMICQuirk> = [
    .reportWithNeither, .reportOnlyLastParagraph, .reportOnlyFindings,
  ]

  private static let complaints = [
    "shortness of breath", "cough and fever", "chest pain after a fall", "a new central line",
    "heart failure and worsening dyspnea, to be followed up after diuresis on the ward",
    "hypoxia // pneumonia?", "altered mental status // infiltrate?", "pre-operative evaluation",
  ]

  private static let comparisons = ["___", "None.", "Chest radiograph from ___.", "___ and ___."]

  /// Wraps words into lines, as the reporting system did.
  private struct Writer {
    private(set) var text = ""

    mutating func title() {
      text += String(repeating: " ", count: 33) + "FINAL REPORT\n"
    }

    mutating func section(_ header: String, _ body: String?) {
      guard let body else {
        text += " \(header):\n \n"
        return
      }
      paragraph("\(header):  \(body)")
    }

    mutating func paragraph(_ words: String) {
      var column = 0
      for word in words.split(separator: " ", omittingEmptySubsequences: false) {
        let length = word.utf8.count
        if column == 0 {
          text += " "
          column = 1
        } else if column + 1 + length > 79 {
          text += "\n "
          column = 1
        } else {
          text += " "
          column += 1
        }
        text += word
        column += length
      }
      text += "\n \n"
    }

    mutating func rule() { text += " " + String(repeating: "_", count: 78) + "\n" }
  }
}
