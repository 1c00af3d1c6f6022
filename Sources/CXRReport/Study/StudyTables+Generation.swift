// SPDX-License-Identifier: Apache-2.0
internal import CXRCohort
internal import CXRCore
internal import CXREvaluation
internal import CXRGeneration
internal import CXRStatistics

extension StudyTables {
  /// Checkpoints, the yield of generation and distances.
  var generator: [StudyTable] { checkpointTables + yieldTables + distanceTables }

  private var checkpointTables: [StudyTable] {
    guard let comparison = material.comparison else { return plainCheckpointTables }
    let chosen = results.index.checkpoints?.chosen ?? comparison.choice?.chosen
    return scoreTables(of: comparison, .checkpoints, suffix: "", chosen: chosen)
      + [choiceTable(of: comparison, chosen: chosen)].compactMap(\.self)
      + nearestTables(of: comparison, .checkpoints, suffix: "")
  }

  /// The scores, a table for each thing that they are about.
  private func scoreTables(
    of comparison: CheckpointComparison, _ part: StudyPart, suffix: String, chosen: String?
  ) -> [StudyTable] {
    ScoreMeasure.Aspect.allCases.compactMap { aspect in
      let measures = comparison.measures.filter { $0.aspect == aspect }
      guard !measures.isEmpty else { return nil }
      let data = comparison.scoreData(measures)
      var display = comparison.scoreTable(aspect, chosen: chosen)
      display.title = "\(part.title), \(aspect.rawValue)"
      return StudyTable(
        part, name: "\(part.rawValue)-\(aspect.rawValue)\(suffix)", display, header: data.header,
        rows: data.rows)
    }
  }

  private func choiceTable(of comparison: CheckpointComparison, chosen: String?) -> StudyTable? {
    guard let choice = comparison.choice else { return nil }
    var display = comparison.choiceTable(choice)
    display.title = "\(StudyPart.checkpoints.title), choice"
    if let chosen, chosen != choice.chosen {
      display.notes.append("The study goes on with \(chosen), whatever the rule chooses.")
    }
    let data = comparison.choiceData
    return StudyTable(
      .checkpoints, name: "\(StudyPart.checkpoints.rawValue)-choice", display,
      header: data.header, rows: data.rows)
  }

  private func nearestTables(
    of comparison: CheckpointComparison, _ part: StudyPart, suffix: String
  ) -> [StudyTable] {
    guard !comparison.memorization.isEmpty else { return [] }
    let data = comparison.nearestData
    var display = comparison.memorizationTable
    display.title = "\(part.title), nearest images"
    return [
      StudyTable(
        part, name: "\(part.rawValue)-nearest\(suffix)", display, header: data.header,
        rows: data.rows)
    ]
  }

  /// The scores of a table that another program wrote.
  private var plainCheckpointTables: [StudyTable] {
    guard let scores = material.checkpoints else { return [] }
    let chosen = results.index.checkpoints?.chosen
    let display = DisplayTable(
      title: StudyPart.checkpoints.title,
      columns: [.words(scores.columns[0])] + scores.columns.dropFirst().map { .numbers($0) },
      rows: scores.rows.map { row in
        [Cell(row[0] + (row[0] == chosen ? " (chosen)" : ""))]
          + row.dropFirst().map { field in
            field.isEmpty
              ? Cell("n/a", reason: "not scored")
              : Cell(Double(field).map(NumberText.decimal) ?? field)
          }
      })
    return [StudyTable(.checkpoints, display, header: scores.columns, rows: scores.rows)]
  }

  private var yieldTables: [StudyTable] {
    let names = FileName.unique(results.index.generationRuns ?? [])
    return zip(material.yields, names).flatMap { yield, name in
      zip(yield.tables, yield.dataTables).map { table, data in
        var table = table
        if names.count > 1 { table.title += ": \(name)" }
        return StudyTable(
          .yield, name: "\(data.name)-\(name)", table, header: data.header, rows: data.rows)
      }
    }
  }

  private var distanceTables: [StudyTable] {
    let several = material.generated.count > 1
    return namedDistanceTables
      + material.generated.enumerated().flatMap { number, comparison in
        let suffix = several ? "-\(number + 1)" : ""
        return scoreTables(of: comparison, .distances, suffix: suffix, chosen: nil)
          + nearestTables(of: comparison, .distances, suffix: suffix)
      }
  }

  /// The distances that the index gives as numbers.
  private var namedDistanceTables: [StudyTable] {
    let distances = material.distances
    guard !distances.isEmpty else { return [] }
    let papers = distances.map { published?.value(of: $0) }
    let hasPaper = papers.contains { $0 != nil }
    return [
      StudyTable(
        .distances,
        DisplayTable(
          title: StudyPart.distances.title,
          columns: [
            .words("Images"), .words("Measure"), .numbers("Value"),
          ] + (hasPaper ? [.numbers("Published")] : []) + [
            .numbers("Real"), .numbers("Generated"), .words("From"),
          ],
          rows: zip(distances, papers).map { distance, paper in
            [
              Cell(distance.label), Cell(distance.metric),
              .number(distance.value, reason: distance.note ?? "not measured"),
            ] + (hasPaper ? [Self.publishedCell(paper)] : []) + [
              distance.realCount.map { .count($0, reason: nil) } ?? Cell(""),
              distance.generatedCount.map { .count($0, reason: nil) } ?? Cell(""),
              Cell(distance.value == nil ? "" : distance.note ?? ""),
            ]
          },
          notes: ["A Fréchet distance depends on the number of images: compare like with like."]),
        header: ["images", "measure", "value", "published", "real", "generated", "note"],
        rows: zip(distances, papers).map { distance, paper in
          [
            distance.label, distance.metric, CSVField.number(distance.value),
            CSVField.number(paper), CSVField.count(distance.realCount),
            CSVField.count(distance.generatedCount),
            distance.note ?? "",
          ]
        })
    ]
  }
}
