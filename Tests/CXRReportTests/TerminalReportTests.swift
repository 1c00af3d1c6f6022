// SPDX-License-Identifier: Apache-2.0
import CXREvaluation
import CXRReport
import Testing

@Suite("Terminal report")
struct TerminalReportTests {
  @Test("An evaluation reads as recorded")
  func evaluation() throws {
    try Recording.expect(TerminalReport(MadeUpStudy.evaluation).text(), equals: "evaluate.txt")
  }

  @Test("A comparison reads as recorded")
  func comparison() throws {
    try Recording.expect(TerminalReport(MadeUpStudy.comparison).text(), equals: "compare.txt")
  }

  @Test("An audit reads as recorded")
  func audit() throws {
    try Recording.expect(TerminalReport(MadeUpStudy.audit).text(), equals: "audit.txt")
  }

  @Test("No line is wider than asked for", arguments: [60, 80, 120])
  func width(_ width: Int) {
    let texts = [
      TerminalReport(MadeUpStudy.evaluation).text(width: width),
      TerminalReport(MadeUpStudy.comparison).text(width: width),
      TerminalReport(MadeUpStudy.audit).text(width: width),
    ]
    for line in texts.joined(separator: "\n").split(separator: "\n") {
      #expect(line.count <= width, "\(line)")
    }
  }

  @Test("Escape sequences are written only when asked for, never taken from a name")
  func escapes() {
    let plain = TerminalReport(MadeUpStudy.audit).text()
    let bold = TerminalReport(MadeUpStudy.audit).text(style: .bold)
    #expect(!plain.contains("\u{1B}"))
    #expect(bold.contains("\u{1B}[1mDo the models treat the sexes alike?\u{1B}[0m"))
    #expect(bold.replacing("\u{1B}[1m", with: "").replacing("\u{1B}[0m", with: "") == plain)
  }
}
