// SPDX-License-Identifier: Apache-2.0
internal import CXRGeneration
internal import CXRStatistics

extension CheckpointComparison {
  /// The same numbers for programs.
  var dataTables: [DataTable] {
    [
      scoreData(measures), choiceData, nearestData,
    ].filter { !$0.rows.isEmpty }
  }

  /// The scores by some measures.
  func scoreData(_ measures: [ScoreMeasure]) -> DataTable {
    DataTable(
      name: "scores",
      header: [
        "checkpoint", "images", "measure", "aspect", "preferred", "value", "lower", "upper",
        "reason",
      ],
      rows: (scores + [real]).flatMap { score in
        measures.map { measure in
          let interval = score.intervals[measure.name]
          return [
            score.name, String(score.imageCount), measure.name, measure.aspect.rawValue,
            measure.preference.rawValue, CSVField.number(score[measure]),
            CSVField.number(interval?.lower), CSVField.number(interval?.upper),
            score.reasons[measure.name] ?? "",
          ]
        }
      })
  }

  /// The ranks of checkpoints.
  var choiceData: DataTable {
    DataTable(
      name: "choice", header: ["checkpoint", "measure", "rank", "rankSum", "beatenBy", "chosen"],
      rows: (choice?.placings ?? []).flatMap { placing in
        (choice?.measures ?? []).enumerated().map { column, measure in
          [
            placing.name, measure,
            placing.ranks.isEmpty ? "" : CSVField.number(placing.ranks[column]),
            CSVField.number(placing.rankSum), placing.beatenBy ?? "",
            String(placing.name == choice?.chosen),
          ]
        }
      })
  }

  /// The quantiles of cosines with the nearest images.
  var nearestData: DataTable {
    DataTable(
      name: "nearest", header: ["images", "probability", "cosine"],
      rows: memorization.flatMap { Self.rows($0.name, $0.syntheticQuantiles) }
        + (memorization.first.map { Self.rows("real and real", $0.realQuantiles) } ?? []))
  }

  private static func rows(_ name: String, _ quantiles: [Double]) -> [[String]] {
    zip(MemorizationSummary.probabilities, quantiles).map { [name, "\($0)", "\($1)"] }
  }
}
