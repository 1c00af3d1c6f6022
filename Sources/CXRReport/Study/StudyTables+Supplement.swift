// SPDX-License-Identifier: Apache-2.0
internal import CXRCohort
internal import CXRCore
internal import CXREvaluation
internal import CXRStatistics

extension StudyTables {
  /// Accuracy, F1, AUROC, precision and recall of studies with few labels.
  var decisions: [StudyTable] {
    guard StudyPart.decisions.missingReason(results.index, material) == nil else { return [] }
    let entries = results.decisions
    func paper(_ entry: StudyDecision, _ metric: String) -> Double? {
      // The paper's numbers are of the finding, not of its absence.
      guard entry.label.label == results.index.labels.first else { return nil }
      return published?.value(.classifier, of: entry.arm, on: entry.set.set, metric: metric)
    }
    let hasPaper = entries.contains { paper($0, "accuracy") != nil }
    func beside(_ value: Double?, _ entry: StudyDecision, _ metric: String) -> [Cell] {
      guard hasPaper else { return [] }
      let number = paper(entry, metric)
      return [Self.publishedCell(number), Self.difference(value, number)]
    }
    func paperColumns() -> [DisplayTable.Column] {
      hasPaper ? [.numbers("Published"), .numbers("\u{2212} published")] : []
    }
    let reason = "no threshold: import or select one"
    return [
      StudyTable(
        .decisions,
        DisplayTable(
          title: StudyPart.decisions.title,
          columns: [.words("Test set"), .words("Label"), .words("Arm"), .numbers("Accuracy")]
            + paperColumns() + [.numbers("F1")] + paperColumns() + [.numbers("AUROC")]
            + paperColumns() + [.numbers("Precision"), .numbers("Recall"), .numbers("Threshold")],
          rows: entries.map { entry in
            let label = entry.label
            let link = origins.link(entry.arm, on: entry.set)
            return [
              Cell(entry.set.set.label), Cell(label.label), Cell(entry.arm.label),
              Cell.number(entry.accuracy, reason: reason).linked(to: link),
            ] + beside(entry.accuracy, entry, "accuracy")
              + [Cell.number(label.f1, reason: label.reason).linked(to: link)]
              + beside(label.f1, entry, "f1")
              + [.estimate(label.auroc, within: label.reason).linked(to: link)]
              + beside(label.auroc.value, entry, "auc")
              + [
                .estimate(label.ppv, within: label.reason),
                .estimate(label.sensitivity, within: label.reason),
                .number(label.threshold, reason: reason),
              ]
          },
          notes: published.map { ["Published: \($0.source.title). \($0.source.note)"] } ?? []),
        header: [
          "test set", "label", "arm", "radiographs", "positives", "threshold", "tp", "fp", "tn",
          "fn", "accuracy", "f1", "auroc", "precision", "recall", "published accuracy",
          "published f1", "published auroc", "origin", "reason",
        ],
        rows: entries.map { entry in
          let (label, matrix) = (entry.label, entry.matrix)
          return [
            entry.set.set.label, label.label, entry.arm.name, CSVField.count(label.n),
            CSVField.count(label.positives), CSVField.number(label.threshold),
          ]
            + [
              matrix?.truePositives, matrix?.falsePositives, matrix?.trueNegatives,
              matrix?.falseNegatives,
            ].map(CSVField.count)
            + [
              entry.accuracy, label.f1, label.auroc.value, label.ppv.value,
              label.sensitivity.value, paper(entry, "accuracy"), paper(entry, "f1"),
              paper(entry, "auc"),
            ].map(CSVField.number)
            + [origins.name(entry.arm.model, on: entry.set), CSVField.reasons(label.reason)]
        })
    ]
  }

  /// Who was studied, and the intersections.
  var population: [StudyTable] {
    guard let population = material.population else { return [] }
    let parts: [StudyPart] = [.population, .intersections]
    let data = population.dataTables
    return zip(zip(parts, population.tables), data).map { entry, data in
      var display = entry.1
      display.title = entry.0.title
      return StudyTable(entry.0, display, header: data.header, rows: data.rows)
    }
  }
}
