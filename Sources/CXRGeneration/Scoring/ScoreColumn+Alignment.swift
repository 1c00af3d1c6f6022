// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
public import CXRCore

extension ScoreColumn {
  /// Compares what models tell of images with what these are to show.
  ///
  ///     let columns = ScoreColumn.alignment(
  ///       of: estimates, told: [.sex, .finding(.edema)], targets: targets,
  ///       findings: [.edema], policy: .uIgnore)
  ///
  /// - Parameters:
  ///   - estimates: What was told of each image, in the order of `aspects`.
  ///   - aspects: What is told; of an aspect that is told twice, the first counts.
  ///   - targets: What each image is to show.
  ///   - findings: The findings, an AUROC each.
  ///   - policy: What uncertain and unmentioned labels count as.
  /// - Returns: A column for each finding, for sex, race and age, and why one is undefined.
  /// - Precondition: There are as many estimates as targets, each with every aspect.
  public static func alignment(
    of estimates: [[QualityEstimate]], told aspects: [JudgedAspect], targets: [ScoreTarget],
    findings: [Finding], policy: LabelPolicy
  ) -> [ScoreColumn] {
    precondition(estimates.count == targets.count, "estimates of each image")
    let images = zip(estimates, targets)
    func place(_ isSought: (JudgedAspect) -> Bool) -> Int? { aspects.firstIndex(where: isSought) }

    var columns = findings.map { finding -> ScoreColumn in
      let measure = ScoreMeasure.auroc(of: finding.name)
      guard let place = place({ $0 == .finding(finding) }) else {
        return ScoreColumn(measure, .undefined("no model tells it"))
      }
      var (scores, labels, rows): ([Double], [Bool], [Int]) = ([], [], [])
      for (row, (told, target)) in images.enumerated() {
        let states = target.findings
        guard case .finding(let score) = told[place],
          let label = policy.target(
            for: states[finding], of: finding, noFinding: states[.noFinding])
        else { continue }
        scores.append(score)
        labels.append(label)
        rows.append(row)
      }
      return ScoreColumn(measure, .ranking(scores: scores, labels: labels), rows: rows)
    }
    columns.append(
      column(.sexAccuracy, place { $0 == .sex }, images) { told, target in
        guard case .sex(let shares) = told, let wanted = target.sex else { return nil }
        return QualityPredicate.likeliest(of: Sex.allCases, in: shares).0 == wanted ? 1 : 0
      })
    columns.append(
      column(
        .raceAccuracy, place { if case .race = $0 { true } else { false } }, images
      ) { told, target in
        guard case .race(let shares) = told, let wanted = target.race, shares[wanted] != nil
        else { return nil }
        let known = Race.allCases.filter { shares[$0] != nil }
        return QualityPredicate.likeliest(of: known, in: shares).0 == wanted ? 1 : 0
      })
    let ages = column(.ageRMSE, place { $0 == .ageYears }, images) { told, target in
      guard case .ageYears(let years) = told, let wanted = target.ageYears else { return nil }
      return years - wanted
    }
    if case .mean(let errors) = ages.values {
      columns.append(ScoreColumn(.ageRMSE, .rootMeanSquare(errors), rows: ages.rows))
    } else {
      columns.append(ages)
    }
    return columns
  }

  private static func column(
    _ measure: ScoreMeasure, _ place: Int?,
    _ images: Zip2Sequence<[[QualityEstimate]], [ScoreTarget]>,
    _ value: (QualityEstimate, ScoreTarget) -> Double?
  ) -> ScoreColumn {
    guard let place else { return ScoreColumn(measure, .undefined("no model tells it")) }
    var (values, rows): ([Double], [Int]) = ([], [])
    for (row, (told, target)) in images.enumerated() {
      guard let number = value(told[place], target) else { continue }
      values.append(number)
      rows.append(row)
    }
    return ScoreColumn(measure, .mean(values), rows: rows)
  }
}
