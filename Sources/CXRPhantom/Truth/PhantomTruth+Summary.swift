// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

extension PhantomTruth {
  /// A few lines per dataset for a reader: sizes, views, demographics, findings, what is dropped and
  /// which quirks there are.
  public var summary: String {
    datasets.sorted { $0.key < $1.key }.map { name, truth in
      "\(name)\n" + truth.lines.map { "  \($0)\n" }.joined() + "\n"
    }
    .joined()
  }
}

extension DatasetTruth {
  fileprivate var lines: [String] {
    var lines = [
      [
        NumberText.count(recordCount, "record"), NumberText.count(radiographCount, "radiograph"),
        NumberText.count(patientCount, "patient"),
        studyCount > 0 ? "\(NumberText.count(studyCount)) studies" : nil,
        reportCount > 0 ? NumberText.count(reportCount, "report") : nil,
        impressionCount > 0 ? NumberText.count(impressionCount, "impression") : nil,
      ]
      .compactMap(\.self).joined(separator: ", ")
    ]
    let tables = [
      ("dropped", droppedByReason), ("views", radiographsByView), ("sex", radiographsBySex),
      ("race", radiographsByRace), ("parts", radiographsByPart), ("positive", positivesByFinding),
      ("uncertain", uncertainByFinding),
    ]
    for (title, counts) in tables where !counts.isEmpty {
      lines.append("\(title): " + Self.text(counts))
    }
    if let images {
      lines.append(
        "pictures, \(NumberText.count(images.side)) pixels on the shorter side: "
          + Self.text(images.filesByFormat))
      if images.unreadableCount > 0 {
        lines.append("unreadable pictures: " + Self.text(images.unreadableByDamage))
      }
    }
    lines.append("quirks:")
    return lines + quirks.map { "  \(NumberText.count($0.count))  \($0.summary)" }
  }

  private static func text(_ counts: [String: Int]) -> String {
    counts.sorted { $0.key < $1.key }.map { "\($0.key) \(NumberText.count($0.value))" }
      .joined(separator: ", ")
  }
}
