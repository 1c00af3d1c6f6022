// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore

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
      + info.provenance.flatMap { record in
        [
          "  \(record.startedAt)  cxr \(record.softwareVersion)",
          TextLines.wrapped("    \(record.commandLine)", indent: 6),
        ]
      }
    let cohorts = info.cohorts.map { cohort in
      TextLines.wrapped(
        "  \(cohort.name): \(NumberText.count(cohort.radiographCount, "radiograph")) of "
          + NumberText.count(cohort.patientCount, "patient")
          + (cohort.outdatedDatasets.isEmpty ? "" : ", older than the data; see cxr cohort list"),
        indent: 4)
    }
    let stores = info.imageStores.map { store in
      TextLines.wrapped(
        "  \(store.name): \(NumberText.count(store.imageCount, "image")) of "
          + "\(store.sidePixels) × \(store.sidePixels) pixels, \(store.bitDepth) bits"
          + (store.isCurrent ? "" : ", not those of the catalog now; see cxr images list"),
        indent: 4)
    }
    let lists = [("Cohorts", cohorts), ("Image stores", stores)].filter { !$0.1.isEmpty }
      .map { ([$0.0] + $0.1).joined(separator: "\n") }
    return (datasets + lists + [history.joined(separator: "\n")]).joined(separator: "\n\n") + "\n"
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
        TextLines.wrapped(
          "\(dataset.name)  \(run.model): \(sizes(run)), from \(run.fileName)", indent: 4)
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
        TextLines.wrapped(
          "\(dataset.name)  \(split.name): \(counts(split.parts)) (\(split.method)"
            + (split.seed.map { ", seed \($0)" } ?? "")
            + (split.detail.isEmpty ? "" : ", \(split.detail)") + ")", indent: 4)
      }
    }
    return lines.isEmpty
      ? "There are no splits; make one with `cxr split create`.\n"
      : lines.joined(separator: "\n") + "\n"
  }

  private static func dataset(_ dataset: CatalogInfo.Dataset) -> String {
    var lines = [
      TextLines.wrapped("\(dataset.name) – \(dataset.title)", indent: 2),
      "  \(NumberText.count(dataset.radiographCount, "radiograph")) of "
        + "\(NumberText.count(dataset.patientCount, "patient")), "
        + NumberText.count(dataset.boxCount) + (dataset.boxCount == 1 ? " box" : " boxes"),
      TextLines.wrapped(
        "  labels from \(dataset.labelSource), ages from \(dataset.ageSource)", indent: 4),
      row("views", counts(dataset.views)),
      row("sexes", counts(dataset.sexes) + " radiographs"),
      row(
        "races",
        dataset.races.allSatisfy { $0.name == "unknown" }
          ? "not recorded" : counts(dataset.races) + " radiographs"),
      "  positive findings",
    ]
    lines += columns(dataset.findings)
    if !dataset.nativeLabels.isEmpty { lines.append("  native labels") }
    lines += columns(Array(dataset.nativeLabels.prefix(nativeLabelLimit)))
    if dataset.nativeLabels.count > nativeLabelLimit {
      let rest = dataset.nativeLabels.count - nativeLabelLimit
      lines.append("    and \(NumberText.count(rest, "other")); --json lists all")
    }
    lines += dataset.splits.map { row("split", "\($0.name): \(counts($0.parts))") }
    lines += dataset.runs.map { row("model", "\($0.model): \(sizes($0))") }
    return lines.joined(separator: "\n")
  }

  /// PadChest has well over a hundred; the most frequent ones tell enough.
  private static let nativeLabelLimit = 10

  /// A word and what there is to say, aligned with the other rows.
  private static func row(_ title: String, _ text: String) -> String {
    TextLines.wrapped(
      "  " + title + String(repeating: " ", count: 10 - title.count) + text, indent: 12)
  }

  private static func sizes(_ run: PredictionRunInfo) -> String {
    "\(NumberText.count(run.imageCount, "radiograph")), "
      + "\(NumberText.count(run.labels.count, "label")), "
      + NumberText.count(run.thresholdCount, "threshold")
  }

  private static func counts(_ counts: [CatalogInfo.Count]) -> String {
    counts.map { "\($0.name) \(NumberText.count($0.count))" }.joined(separator: ", ")
  }

  /// Names and counts in two columns, or in one where a name is long.
  private static func columns(_ counts: [CatalogInfo.Count]) -> [String] {
    let width = 34
    let numbers = counts.map { NumberText.count($0.count) }
    let isNarrow = zip(counts, numbers).allSatisfy { $0.name.count + $1.count < width }
    let cells = zip(counts, numbers).map { count, number in
      let gap = max(1, (isNarrow ? width : 2 * width + 3) - count.name.count - number.count)
      return count.name + String(repeating: " ", count: gap) + number
    }
    return stride(from: 0, to: cells.count, by: isNarrow ? 2 : 1).map { start in
      "    " + cells[start..<min(start + (isNarrow ? 2 : 1), cells.count)].joined(separator: "   ")
    }
  }
}
