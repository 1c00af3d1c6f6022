// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRGeneration
internal import CXRStatistics
internal import Foundation

extension CheckpointComparison {
  /// The scores by what they are about, the choice, and what was found about memorised images.
  var tables: [DisplayTable] {
    ScoreMeasure.Aspect.allCases.map { scoreTable($0, chosen: choice?.chosen) }
      + (choice.map { [choiceTable($0)] } ?? []) + (memorization.isEmpty ? [] : [memorizationTable])
  }

  /// The scores that are about something, with the checkpoint marked that is gone on with.
  func scoreTable(_ aspect: ScoreMeasure.Aspect, chosen: String?) -> DisplayTable {
    let own = measures.filter { $0.aspect == aspect }
    func cells(_ score: CheckpointScore, _ name: String) -> [Cell] {
      [Cell(name), Cell(NumberText.count(score.imageCount))]
        + own.map { measure in
          let interval = score.intervals[measure.name]
          return .estimate(
            score[measure], interval?.lower, interval?.upper, reason: score.reasons[measure.name])
        }
    }
    var notes = own.compactMap { measure in
      conventions[measure.name].map { "\(measure.name): \($0)." }
    }
    if resampleCount > 0 {
      notes.append(
        "In brackets: 95 % intervals from \(NumberText.count(resampleCount, "resample")) of patients."
      )
    }
    return DisplayTable(
      title: aspect.title,
      columns: [.words("Checkpoint"), .numbers("Images")]
        + own.map { .numbers("\($0.name)\u{00A0}\($0.preference == .larger ? "↑" : "↓")") },
      rows: scores.map { cells($0, $0.name + ($0.name == chosen ? " (chosen)" : "")) },
      summaryRow: cells(real, real.name), notes: notes,
      terminalDetail: .withoutIntervals)
  }

  /// How checkpoints were compared, and which one the rule chooses.
  func choiceTable(_ choice: Choice) -> DisplayTable {
    DisplayTable(
      title: "Choice: \(choice.chosen)",
      columns: [.words("Checkpoint")] + choice.measures.map { .numbers($0) }
        + [.numbers("Sum of ranks"), .words("Beaten by")],
      rows: choice.placings.map { placing in
        [Cell(placing.name)]
          + choice.measures.indices.map { column in
            Cell(placing.ranks.isEmpty ? "" : Self.rank(placing.ranks[column]))
          } + [Cell(placing.rankSum.map(Self.rank) ?? ""), Cell(placing.beatenBy ?? "")]
      },
      notes: [choice.reason, "Rule: \(choice.rule)"]
        + (choice.omittedMeasures.isEmpty
          ? []
          : [
            "Did not count, because a checkpoint lacks them: "
              + "\(NumberText.list(choice.omittedMeasures))."
          ]))
  }

  /// How near generated images come to real ones.
  var memorizationTable: DisplayTable {
    let places = [0, 50, 95, 99, 100]
    func quantiles(_ values: [Double]) -> [Cell] {
      places.map { .number(values[$0], reason: nil) }
    }
    let hasOwn = memorization.contains { $0.ownCount != nil }
    let first = memorization[0]
    return DisplayTable(
      title: "Nearest real images",
      columns: [.words("Images"), .numbers("Count"), .numbers("Least")]
        + [.numbers("Median"), .numbers("95 %"), .numbers("99 %"), .numbers("Largest")]
        + [.numbers("Beyond limit")] + (hasOwn ? [.numbers("Own radiograph")] : []),
      rows: memorization.map { summary in
        [Cell(summary.name), Cell(NumberText.count(summary.syntheticCount))]
          + quantiles(summary.syntheticQuantiles)
          + [
            Cell(
              "\(NumberText.count(summary.suspectCount)) (\(Self.percent(summary.suspectShare)))")
          ]
          + (hasOwn
            ? [
              Cell(
                summary.ownCount.map {
                  Self.percent(Double($0) / Double(summary.syntheticCount))
                } ?? "")
            ] : [])
      },
      summaryRow: [Cell("real and real"), Cell(NumberText.count(first.realCount))]
        + quantiles(first.realQuantiles) + [Cell("")] + (hasOwn ? [Cell("")] : []),
      notes: [
        "The cosine of features with the most similar real image; for real images, with the most "
          + "similar one of another patient. Compared with: \(memorizationReference).",
        "Limit: \(NumberText.decimal(first.limit)), the cosine that "
          + "\(Self.percent(first.probability)) of real images stay below. Of images that are no "
          + "nearer to real ones than two patients are, about "
          + "\(Self.percent(1 - first.probability)) lie beyond it.",
      ]
        + (hasOwn
          ? ["Own radiograph: the most similar one is the one that the prompt came from."] : []))
  }

  private static func rank(_ rank: Double) -> String {
    rank == rank.rounded() ? "\(Int(rank))" : "\(rank)"
  }

  private static func percent(_ share: Double) -> String {
    String(format: "%.1f%%", 100 * share)
  }
}

extension ScoreMeasure.Aspect {
  /// The title of the table.
  fileprivate var title: String {
    switch self {
    case .alignment: "Alignment: whether images show what their prompts say"
    case .similarity: "Similarity: whether images resemble real ones"
    case .diversity: "Diversity: how alike images of one prompt are"
    }
  }
}
