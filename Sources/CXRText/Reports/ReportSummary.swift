// SPDX-License-Identifier: Apache-2.0

/// The part of a report that says the most in the fewest words, and which part that is.
public struct ReportSummary: Hashable, Sendable {
  /// The text in one line.
  public let text: String
  /// The section it comes from.
  public let section: ReportSectionName

  /// Creates a summary.
  ///
  /// - Parameters:
  ///   - text: The text in one line.
  ///   - section: The section it comes from.
  public init(text: String, section: ReportSectionName) {
    self.text = text
    self.section = section
  }
}
