// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// The text of a simulated CheXpert Plus report and its sections; a blank section is absent.
struct CheXpertPlusReport {
  let narrative: String
  let clinicalHistory: String
  let comparison: String
  let findings: String
  let impression: String

  init(of study: CheXpertStudy, index: Int, seed: UInt64, quirks: Set<CheXpertPlusQuirk>) {
    var draws = PhantomDraws(seed: seed, purpose: "phantom.chexpert-plus.report", index: index)
    let hasFindings = draws.happens(0.266)
    let quote = quirks.contains(.quotedWords) ? "Study read as \"preliminary\". " : ""
    narrative = "\(quote)Radiographic examination of the chest, one or more views."
    clinicalHistory =
      draws.happens(0.62) ? draws.pick(["Line placement.", "Fever, cough.", "Follow-up."]) : ""
    comparison = draws.pick(["", "None.", "An earlier radiograph."])
    let findingsSentences = ReportSentences.findings(study.findings, draws: &draws)
    findings = hasFindings ? findingsSentences.joined(separator: " ") : ""
    let sentences = ReportSentences.impression(study.findings, draws: &draws)
    let lineEnd = quirks.contains(.literalLineBreak) ? "\\n" : "\n"
    impression =
      quirks.contains(.impressionBlank)
      ? ""
      : sentences.enumerated().map { "\($0 + 1). \($1)\(lineEnd)" }.joined()
  }

  /// The whole report.
  var text: String {
    [
      ("NARRATIVE", narrative), ("CLINICAL HISTORY", clinicalHistory), ("COMPARISON", comparison),
      ("FINDINGS", findings), ("IMPRESSION", impression),
    ]
    .filter { !$0.1.isEmpty }.map { "\($0.0):\n\($0.1)\n" }.joined(separator: "\n")
  }
}
