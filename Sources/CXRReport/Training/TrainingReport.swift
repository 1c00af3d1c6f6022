// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRCore
internal import Foundation

/// Training runs as a figure, or as tables for a terminal.
///
///     let svg = try await TrainingReport(catalog.trainingRuns()).curves()
///     print(TrainingReport(runs).text(), terminator: "")
public struct TrainingReport: Sendable {
  private let runs: [TrainingRunContent]
  private let gnuplot: Gnuplot

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - runs: The runs in the order in which they are shown.
  ///   - gnuplot: The name by which the search path finds gnuplot.
  public init(_ runs: [TrainingRunContent], gnuplot: String = "gnuplot") {
    self.runs = runs
    self.gnuplot = Gnuplot(executable: gnuplot)
  }

  /// Draws losses, mean validation AUROC and learning rate by epoch, the runs over one another.
  ///
  /// The same runs give the same bytes. Runs without an epoch are left out.
  ///
  /// - Returns: The content of an SVG file.
  /// - Throws: ``ReportError`` with code `.gnuplotMissing` or `.gnuplotFailed`.
  public func curves() async throws -> String {
    try await gnuplot.draw(TrainingCurves(runs).figure(name: "curves")).fileText
  }

  /// Renders one line for each run for a terminal.
  ///
  /// - Parameters:
  ///   - strategies: What each run learns from, in words.
  ///   - width: The most characters on a line.
  ///   - style: Whether headings stand out.
  /// - Returns: The text, ending in a newline.
  /// - Precondition: There is a strategy for each run, and `width` is at least 40.
  public func overview(
    strategies: [String], width: Int = 80, style: TerminalReport.Style = .plain
  ) -> String {
    precondition(strategies.count == runs.count, "a strategy for each run")
    let table = DisplayTable(
      title: "Best mean validation AUROC of the last stage",
      columns: [
        .words("Run"), .words("Strategy"), .numbers("Epochs"), .numbers("Images"),
        .numbers("AUROC"), .numbers("Epoch"), .words("State"),
      ],
      rows: zip(runs, strategies).map { run, strategy in
        let best = run.bestOfLastStage
        return [
          Cell(run.name), Cell(strategy), .count(run.epochs.count, reason: nil),
          .count(run.epochs.last?.imageCount, reason: nil),
          .number(best?.validationMeanAUROC, reason: nil),
          best.map { .count($0.epoch + 1, reason: nil) } ?? Cell("n/a"),
          Cell(run.isFinished ? "finished" : "unfinished"),
        ]
      },
      notes: [
        "Images: those of the last epoch. AUROC and epoch: of the weights that are kept. Runs that "
          + "were validated on other images must not be compared."
      ])
    return TableText(title: "Training runs", tables: [table], notes: [])
      .text(width: width, style: style)
  }

  /// Renders the epochs of each run for a terminal.
  ///
  /// - Parameters:
  ///   - width: The most characters on a line.
  ///   - style: Whether headings stand out.
  /// - Returns: The text, ending in a newline.
  /// - Precondition: `width` is at least 40.
  public func text(width: Int = 80, style: TerminalReport.Style = .plain) -> String {
    runs.map { run in
      TableText(
        title: "\(run.name)\(run.isFinished ? "" : ", not finished") – \(run.folder)",
        tables: [run.epochTable], notes: []
      ).text(width: width, style: style)
    }.joined(separator: "\n")
  }
}

extension TrainingRunContent {
  fileprivate var epochTable: DisplayTable {
    let hasStages = epochs.contains { $0.stage > 0 }
    let kept = Set(bestEpochs.map(\.epoch))
    return DisplayTable(
      title: "What the epochs came to",
      columns: (hasStages ? [.numbers("Stage")] : []) + [
        .numbers("Epoch"), .numbers("Loss"), .numbers("Val. loss"), .numbers("Mean AUROC"),
        .numbers("Findings"), .numbers("Rate"), .numbers("Seconds"), .words(""),
      ],
      rows: epochs.map { epoch in
        (hasStages ? [.count(epoch.stage + 1, reason: nil)] : []) + [
          .count(epoch.epoch + 1, reason: nil), Cell(Self.loss(epoch.trainingLoss)),
          Cell(Self.loss(epoch.validationLoss)),
          .number(epoch.validationMeanAUROC, reason: "no finding has both classes"),
          .count(epoch.definedFindingCount, reason: nil),
          Cell(String(format: "%.1e", epoch.learningRate)),
          Cell(String(format: "%.1f", epoch.seconds)),
          Cell(kept.contains(epoch.epoch) ? "kept" : ""),
        ]
      },
      notes: [
        "Findings: how many are in the mean AUROC. Kept: the weights of the stage in use."
      ])
  }

  private static func loss(_ value: Double) -> String { String(format: "%.4f", value) }
}
