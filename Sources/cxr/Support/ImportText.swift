// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRIngest

/// What a reading verb prints: read, dropped by reason, kept, and what is worth telling.
struct ImportText {
  private let report: IngestReport
  private let subject: String
  private let isDryRun: Bool

  /// Creates the text of a report.
  ///
  /// - Parameters:
  ///   - report: What was read.
  ///   - subject: What it was read into, such as the dataset's name.
  ///   - isDryRun: Whether nothing was to be written.
  init(_ report: IngestReport, subject: String, isDryRun: Bool = false) {
    self.report = report
    self.subject = subject
    self.isDryRun = isDryRun
  }

  /// The lines.
  var text: String {
    var lines = [headline] + report.sources.map { "  \($0.role): \($0.fileName)" }
    if !report.flow.isEmpty {
      let numbers = report.flow.map { NumberText.count($0.count) }
      let width = numbers.map(\.count).max() ?? 0
      lines.append("")
      lines += zip(report.flow, numbers).map { step, number in
        TextLines.wrapped(
          "  " + String(repeating: " ", count: width - number.count) + "\(number)  \(step.name)",
          indent: width + 4)
      }
    }
    if !report.diagnostics.isEmpty {
      lines.append("")
      lines += report.diagnostics.map { TextLines.wrapped($0.description, indent: 2) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var headline: String {
    if isDryRun { return "\(subject): dry run, nothing was written." }
    return switch report.outcome {
    case .created: "\(subject): added to the catalog."
    case .updated: "\(subject): updated in the catalog."
    case .unchanged: "\(subject): unchanged, the catalog holds this already."
    }
  }
}
