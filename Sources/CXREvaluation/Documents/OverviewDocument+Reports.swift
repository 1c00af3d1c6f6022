// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
public import CXRStatistics

extension OverviewDocument {
  /// Lays the reports of several test sets beside one another.
  ///
  /// - Parameters:
  ///   - title: The title.
  ///   - reports: A report for each test set, of the same models; its provenance names the dataset.
  ///   - adjustment: How p-values are adjusted over pairs of models and test sets.
  ///   - provenance: Where the numbers come from.
  /// - Precondition: There is a report.
  public init(
    title: String, reports: [StudyReport], adjustment: PAdjustment, provenance: Provenance
  ) {
    precondition(!reports.isEmpty, "a report at least")
    let testSets = Self.adjusted(reports.map(TestSet.init), by: adjustment)
    self.init(
      title: title,
      summary: OverviewNarrative(testSets, reports: reports, adjustment: adjustment).summary,
      testSets: testSets, provenance: provenance)
  }

  /// Adjusts p-values over all pairs of models and all test sets, each metric by itself.
  private static func adjusted(_ sets: [TestSet], by adjustment: PAdjustment) -> [TestSet] {
    var sets = sets
    for metric in sets.flatMap(\.comparisons).map(\.metric).distinct {
      let places = sets.indices.flatMap { set in
        sets[set].comparisons.indices.filter { sets[set].comparisons[$0].metric == metric }
          .map { (set: set, row: $0) }
      }
      let adjusted = adjustment.adjusted(places.map { sets[$0.set].comparisons[$0.row].p })
      for (place, p) in zip(places, adjusted) {
        sets[place.set].comparisons[place.row].pAdjusted = p
      }
    }
    return sets
  }
}

extension OverviewDocument.TestSet {
  fileprivate init(_ report: StudyReport) {
    dataset = report.evaluation.provenance.dataset
    runs = report.evaluation.runs.map { run in
      .init(model: run.model, n: run.n, patients: run.patients, macro: run.macro)
    }
    comparisons = (report.comparison?.comparisons ?? []).filter { $0.label == "macro" }
    gaps = (report.audit?.attributes ?? []).flatMap { attribute in
      attribute.gaps.filter { ["auroc", "underdiagnosisRate"].contains($0.metric) }.map {
        .init(model: attribute.model, attribute: attribute.attribute, gap: $0)
      }
    }
  }
}
