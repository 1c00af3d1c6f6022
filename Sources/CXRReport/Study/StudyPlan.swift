// SPDX-License-Identifier: Apache-2.0

/// What a study's report has, and what not and why: what `cxr study report --dry-run` prints.
public struct StudyPlan: Codable, Hashable, Sendable {
  /// One table or figure.
  public struct Item: Codable, Hashable, Sendable {
    /// The part of the report.
    public let part: StudyPart
    /// What it shows.
    public let title: String
    /// Why it is not produced; absent if it is.
    public let reason: String?
    /// The files that it is written to; empty before anything is computed.
    public let files: [String]
  }

  /// The title of the report.
  public let title: String
  /// The parts in reading order.
  public let items: [Item]
  /// What is missing or must be known, such as arms without predictions.
  public let notes: [String]

  /// Plans a report from what is known before anything is computed.
  ///
  /// - Parameters:
  ///   - index: What the study has made.
  ///   - material: What there is besides predictions.
  ///   - notes: What is missing or must be known.
  public init(_ index: StudyIndex, material: StudyMaterial, notes: [String]) {
    title = index.title
    self.notes = notes
    items = StudyPart.allCases.map { part in
      Item(
        part: part, title: part.title, reason: part.missingReason(index, material), files: [])
    }
  }

  /// Adds the files of each part; a part without any says why.
  init(_ plan: StudyPlan, files: [StudyPart: [String]], reason: (StudyPart) -> String) {
    title = plan.title
    notes = plan.notes
    items = plan.items.map { item in
      let files = item.reason == nil ? files[item.part] ?? [] : []
      return Item(
        part: item.part, title: item.title,
        reason: item.reason ?? (files.isEmpty ? reason(item.part) : nil), files: files)
    }
  }

  /// The parts that are not produced, each with its reason.
  public var missing: [Item] { items.filter { $0.reason != nil } }

  /// The plan for a terminal.
  ///
  /// - Returns: A line for each part, ending in a newline.
  public func text() -> String {
    let lines = items.flatMap { item -> [String] in
      guard let reason = item.reason else {
        return ["+ \(item.title)" + (item.files.isEmpty ? "" : ": \(item.files.count) files")]
      }
      return "\u{2212} \(item.title): not produced, because \(reason)".wrapped(to: 80, indent: "  ")
    }
    let warnings = notes.flatMap { "! \($0.singleLine)".wrapped(to: 80, indent: "  ") }
    return ([title.singleLine, ""] + lines + (notes.isEmpty ? [] : [""]) + warnings)
      .joined(separator: "\n") + "\n"
  }

  /// The plan as a table of the report.
  var table: DisplayTable {
    DisplayTable(
      title: "What this report has, and what not",
      columns: [.words("Part"), .words("State"), .words("Files")],
      rows: items.map { item in
        [
          Cell(item.title),
          Cell(item.reason.map { "not produced, because \($0)" } ?? "produced"),
          Cell(
            item.files.count > 4
              ? "\(item.files[0]) and \(item.files.count - 1) more"
              : item.files.joined(separator: ", ")),
        ]
      })
  }
}
