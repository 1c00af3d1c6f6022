// SPDX-License-Identifier: Apache-2.0
import Foundation

extension ConfusionMatrix {
  /// The share of positives called positive: recall, the true positive rate.
  ///
  /// - Throws: ``StatisticsError`` with code `.noPositives`.
  public var sensitivity: Double {
    get throws(StatisticsError) { try share(truePositives, of: positives, orThrow: .noPositives) }
  }

  /// The share of negatives called negative: the true negative rate.
  ///
  /// - Throws: ``StatisticsError`` with code `.noNegatives`.
  public var specificity: Double {
    get throws(StatisticsError) { try share(trueNegatives, of: negatives, orThrow: .noNegatives) }
  }

  /// The false positive rate, one minus the specificity.
  ///
  /// - Throws: ``StatisticsError`` with code `.noNegatives`.
  public var fpr: Double {
    get throws(StatisticsError) { try share(falsePositives, of: negatives, orThrow: .noNegatives) }
  }

  /// The false negative rate, one minus the sensitivity.
  ///
  /// - Throws: ``StatisticsError`` with code `.noPositives`.
  public var fnr: Double {
    get throws(StatisticsError) { try share(falseNegatives, of: positives, orThrow: .noPositives) }
  }

  /// The positive predictive value: precision.
  ///
  /// - Throws: ``StatisticsError`` with code `.zeroVariance` if nothing is called positive.
  public var ppv: Double {
    get throws(StatisticsError) {
      try share(truePositives, of: predictedPositives, orThrow: .zeroVariance)
    }
  }

  /// The negative predictive value.
  ///
  /// - Throws: ``StatisticsError`` with code `.zeroVariance` if nothing is called negative.
  public var npv: Double {
    get throws(StatisticsError) {
      try share(trueNegatives, of: predictedNegatives, orThrow: .zeroVariance)
    }
  }

  /// The share of radiographs called positive: the selection rate.
  ///
  /// - Throws: ``StatisticsError`` with code `.empty`.
  public var predictedPositiveRate: Double {
    get throws(StatisticsError) { try share(predictedPositives, of: count, orThrow: .empty) }
  }

  /// The share of radiographs called rightly.
  ///
  /// - Throws: ``StatisticsError`` with code `.empty`.
  public var accuracy: Double {
    get throws(StatisticsError) {
      try share(truePositives + trueNegatives, of: count, orThrow: .empty)
    }
  }

  /// The mean of sensitivity and specificity.
  ///
  /// - Throws: ``StatisticsError`` with code `.noPositives` or `.noNegatives`.
  public var balancedAccuracy: Double {
    get throws(StatisticsError) { (try sensitivity + specificity) / 2 }
  }

  /// The F1 score, 2 TP / (2 TP + FP + FN).
  ///
  /// - Throws: ``StatisticsError`` with code `.noPositives` if there is no positive and nothing is
  ///   called positive.
  public var f1: Double {
    get throws(StatisticsError) {
      try share(2 * truePositives, of: predictedPositives + positives, orThrow: .noPositives)
    }
  }

  /// Matthews' correlation between decision and truth.
  ///
  /// - Throws: ``StatisticsError`` with code `.zeroVariance` if decision or truth is constant.
  /// - SeeAlso: Matthews, *Biochimica et Biophysica Acta* 405 (1975),
  ///   <https://doi.org/10.1016/0005-2795(75)90109-9>.
  public var mcc: Double {
    get throws(StatisticsError) {
      let margins = [positives, negatives, predictedPositives, predictedNegatives]
      guard !margins.contains(0) else { throw undefined(.zeroVariance) }
      let covariance =
        Double(truePositives) * Double(trueNegatives)
        - Double(falsePositives) * Double(falseNegatives)
      return covariance / margins.reduce(1) { $0 * Double($1).squareRoot() }
    }
  }

  /// Cohen's kappa, the agreement beyond chance.
  ///
  /// - Throws: ``StatisticsError`` with code `.empty`, or `.zeroVariance` if decision and truth are
  ///   the same constant.
  /// - SeeAlso: Cohen, *Educational and Psychological Measurement* 20 (1960),
  ///   <https://doi.org/10.1177/001316446002000104>.
  public var kappa: Double {
    get throws(StatisticsError) {
      let total = Double(count)
      let expected =
        (Double(positives) * Double(predictedPositives)
          + Double(negatives) * Double(predictedNegatives)) / total
      let observed = Double(truePositives + trueNegatives)
      guard count > 0 else { throw undefined(.empty) }
      guard expected != total else { throw undefined(.zeroVariance) }
      return (observed - expected) / (total - expected)
    }
  }

  private func share(
    _ part: Int, of whole: Int, orThrow code: StatisticsError.Code
  ) throws(StatisticsError) -> Double {
    guard whole > 0 else { throw undefined(code) }
    return Double(part) / Double(whole)
  }

  private func undefined(_ code: StatisticsError.Code) -> StatisticsError {
    StatisticsError(
      code,
      "The rate's denominator is 0: \(positives) positive and \(negatives) negative radiographs, "
        + "\(predictedPositives) of them called positive.")
  }
}
