// SPDX-License-Identifier: Apache-2.0
import CXRStatistics
import CXRTestSupport
import Testing

/// Everything scikit-learn computes on the golden tables; 1e-14 leaves room for its order of adding.
@Suite("Agreement with scikit-learn", .enabled(if: Shared.isPresent))
struct ScikitLearnTests {
  private let tolerance = 1e-14

  @Test("Per label", arguments: GoldenTables.predictions)
  func perLabel(name: String) throws {
    let golden = try Golden.json("golden_sklearn_\(name).json")["models"]
    let table = try GoldenTables.table(name)
    for model in ["a", "b"] {
      for label in Golden.labels {
        let column = try GoldenColumn(table, model: model, label: label)
        let expected = try golden[model]["per_label"][label]
        let ranked = try column.ranked()
        func expectClose(_ value: Double, _ key: String) throws {
          #expect(value.isClose(to: try expected[key].number, absolute: tolerance), "\(key)")
        }
        #expect(ranked.count == (try expected["n"].integer))
        #expect(ranked.positiveCount == (try expected["n_pos"].integer))
        try expectClose(AUROC(ranked).value, "auroc")
        try expectClose(AveragePrecision(ranked).value, "ap")
        try expectClose(PrecisionRecallCurve(ranked).trapezoidArea, "auprc_trapezoid")
        try expectClose(
          BrierScore(probabilities: column.scores, labels: column.labels).value, "brier")
        let confusion = try golden[model]["confusion_at_val_f1max"][label]
        try expectAgrees(
          ConfusionMatrix(ranked, threshold: confusion["threshold"].number), with: confusion)
      }
    }
  }

  @Test("Per subgroup", arguments: GoldenTables.predictions)
  func perSubgroup(name: String) throws {
    let golden = try Golden.json("golden_sklearn_\(name).json")["models"]
    let thresholds = try Golden.json("golden_thresholds_val_n4000.json")["models"]
    let table = try GoldenTables.table(name)
    let groups = zip(try table.strings("race"), try table.strings("sex")).map { "\($0)|\($1)" }
    for model in ["a", "b"] {
      let threshold = try thresholds[model]["No_Finding"]["threshold_lowest"].number
      for (group, expected) in try golden[model]["subgroups"]["sex_race"]["groups"].object {
        for label in Golden.labels {
          let column = try GoldenColumn(table, model: model, label: label) { groups[$0] == group }
          let ranked = try column.ranked()
          let auroc = (try? AUROC(ranked))?.value ?? .nan
          #expect(auroc.isClose(to: try expected["auroc"][label].number, absolute: tolerance))
          let precision = (try? AveragePrecision(ranked))?.value ?? .nan
          #expect(precision.isClose(to: try expected["ap"][label].number, absolute: tolerance))
          guard label == "No_Finding" else { continue }
          try expectAgrees(
            ConfusionMatrix(ranked, threshold: threshold), with: expected["no_finding"])
        }
      }
    }
  }

  @Test("The threshold of largest F1, exactly", arguments: ["a", "b"])
  func maxF1(model: String) throws {
    let golden = try Golden.json("golden_thresholds_val_n4000.json")["models"][model]
    let table = try GoldenTables.table("val_n4000")
    for label in Golden.labels {
      let expected = try golden[label]
      let best = try MaxF1Threshold(GoldenColumn(table, model: model, label: label).ranked())
      #expect(best.threshold == (try expected["threshold_lowest"].number))
      #expect(best.highestTiedThreshold == (try expected["threshold_highest"].number))
      #expect(best.tiedCount == (try expected["n_tied"].integer))
      #expect(best.f1 == (try expected["f1"].number))
      #expect(best.confusion.truePositives == (try expected["tp"].integer))
      #expect(best.confusion.falsePositives == (try expected["fp"].integer))
    }
  }

  /// Compares counts and rates; an undefined rate is NaN there and throws here, except for Matthews'
  /// correlation, which is 0 there.
  private func expectAgrees(_ matrix: ConfusionMatrix, with golden: GoldenJSON) throws {
    #expect(matrix.truePositives == (try golden["tp"].integer))
    #expect(matrix.falsePositives == (try golden["fp"].integer))
    #expect(matrix.trueNegatives == (try golden["tn"].integer))
    #expect(matrix.falseNegatives == (try golden["fn"].integer))
    let rates: [(String, Double?)] = [
      ("accuracy", try? matrix.accuracy), ("balanced_accuracy", try? matrix.balancedAccuracy),
      ("precision", try? matrix.ppv), ("recall", try? matrix.sensitivity), ("f1", try? matrix.f1),
      ("specificity", try? matrix.specificity), ("fpr", try? matrix.fpr),
      ("fnr", try? matrix.fnr), ("npv", try? matrix.npv), ("kappa", try? matrix.kappa),
      ("mcc", (try? matrix.mcc) ?? 0),
    ]
    for (key, rate) in rates {
      let expected = try golden[key].number
      #expect((rate ?? .nan).isClose(to: expected, absolute: tolerance), "\(key)")
    }
  }
}
