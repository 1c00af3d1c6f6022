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
      let width = report.flow.map { String($0.count).count }.max() ?? 0
      lines.append("")
      lines += report.flow.map { step in
        "  " + String(repeating: " ", count: width - String(step.count).count)
          + "\(step.count)  \(step.name)"
      }
    }
    if !report.diagnostics.isEmpty {
      lines.append("")
      lines += report.diagnostics.map(\.description)
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
