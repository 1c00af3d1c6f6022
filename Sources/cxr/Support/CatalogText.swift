// SPDX-License-Identifier: Apache-2.0
import CXRCatalog

/// What the catalog verbs print for people.
enum CatalogText {
  /// The counts of every dataset, and how they came to be.
  static func info(_ info: CatalogInfo) -> String {
    guard !info.datasets.isEmpty else {
      return "The catalog is empty; add a dataset with `cxr ingest nih --root DIR`.\n"
    }
    let datasets = info.datasets.map(dataset)
    let history =
      ["Written by"]
      + info.provenance.map { "  \($0.startedAt)  cxr \($0.softwareVersion)  \($0.commandLine)" }
    return (datasets + [history.joined(separator: "\n")]).joined(separator: "\n\n") + "\n"
  }

  /// The checks with their problems.
  static func checks(_ checks: [CatalogCheck]) -> String {
    checks.map { check in
      ([(check.isPassed ? "ok      " : "FAILED  ") + check.name]
        + check.problems.map { "        " + $0 }).joined(separator: "\n")
    }.joined(separator: "\n") + "\n"
  }

  /// The prediction runs of every dataset.
  static func runs(_ datasets: [CatalogInfo.Dataset]) -> String {
    let lines = datasets.flatMap { dataset in
      dataset.runs.map { run in
        "\(dataset.name)  \(run.model): \(run.imageCount) radiographs, \(run.labels.count) labels, "
          + "\(run.thresholdCount) thresholds, from \(run.fileName)"
      }
    }
    return lines.isEmpty
      ? "There are no predictions; add some with `cxr predictions import`.\n"
      : lines.joined(separator: "\n") + "\n"
  }

  /// The splits of every dataset.
  static func splits(_ datasets: [CatalogInfo.Dataset]) -> String {
    let lines = datasets.flatMap { dataset in
      dataset.splits.map { split in
        "\(dataset.name)  \(split.name): \(counts(split.parts)) (\(split.method)"
          + (split.seed.map { ", seed \($0)" } ?? "")
          + (split.detail.isEmpty ? "" : ", \(split.detail)") + ")"
      }
    }
    return lines.isEmpty
      ? "There are no splits; make one with `cxr split create`.\n"
      : lines.joined(separator: "\n") + "\n"
  }

  private static func dataset(_ dataset: CatalogInfo.Dataset) -> String {
    var lines = [
      "\(dataset.name) – \(dataset.title)",
      "  \(dataset.radiographCount) radiographs of \(dataset.patientCount) patients, "
        + "\(dataset.boxCount) boxes",
      "  labels from \(dataset.labelSource), ages from \(dataset.ageSource)",
      "  views     \(counts(dataset.views))",
      "  sexes     \(counts(dataset.sexes)) radiographs",
      "  positive findings",
    ]
    lines += columns(dataset.findings)
    lines.append("  native labels")
    lines += columns(dataset.nativeLabels)
    lines += dataset.splits.map { "  split     \($0.name): \(counts($0.parts))" }
    lines += dataset.runs.map {
      "  model     \($0.model): \($0.imageCount) radiographs, \($0.labels.count) labels, "
        + "\($0.thresholdCount) thresholds"
    }
    return lines.joined(separator: "\n")
  }

  private static func counts(_ counts: [CatalogInfo.Count]) -> String {
    counts.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
  }

  /// Names and counts in two columns.
  private static func columns(_ counts: [CatalogInfo.Count]) -> [String] {
    let cells = counts.map { count in
      let gap = max(1, 34 - count.name.count - String(count.count).count)
      return count.name + String(repeating: " ", count: gap) + "\(count.count)"
    }
    return stride(from: 0, to: cells.count, by: 2).map { start in
      "    " + cells[start..<min(start + 2, cells.count)].joined(separator: "   ")
    }
  }
}
