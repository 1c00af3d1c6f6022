// SPDX-License-Identifier: Apache-2.0
internal import CXRText

/// Which part of a report stands for `{impression}` in a prompt.
public enum PromptSection: String, CaseIterable, Codable, Hashable, Sendable {
  /// The impression.
  case impression
  /// The findings.
  case findings
  /// The first that the report has of impression, findings, last paragraph and comparison.
  case summary

  /// The names of the sections in the catalog, the preferred one first.
  public var sectionNames: [String] {
    let names: [ReportSectionName] =
      switch self {
      case .impression: [.impression]
      case .findings: [.findings]
      case .summary: [.impression, .findings, .lastParagraph, .comparison]
      }
    return names.map(\.rawValue)
  }
}
