// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRFairness
import CXRStatistics
import CXRTestSupport

/// A golden prediction table as a fairness sample with the goldens' groups.
struct FairnessFixture {
  let rowCount: Int
  let patients: [Int]
  let sample: FairnessSample
  let sexRace: Subgroups
  let sexAge: Subgroups

  static let seed: UInt64 = 20_250_611

  init(_ name: String) throws {
    let table = try Golden.table(name)
    let thresholds = try Golden.json("golden_thresholds_val_n4000.json")["models"]
    let labels = try Golden.labels.map { label in
      try table.labels("y_\(label)").map { $0 == true }
    }
    let models = try ["a", "b"].map { model in
      try FairnessSample.Model(
        name: model,
        rankings: zip(Golden.labels, labels).map { label, labels in
          try RankedScores(scores: table.numbers("\(model)_\(label)"), labels: labels)
        },
        thresholds: Golden.labels.map { label in
          label == "No_Finding" ? try thresholds[model][label]["threshold_lowest"].number : nil
        })
    }
    rowCount = table.rowCount
    patients = try table.codes("patient_id")
    sample = FairnessSample(labels: Golden.labels, noFinding: 7, models: models, patients: patients)
    let ages = try table.numbers("age").map { AgeBins.standard.name(forAge: $0) ?? "" }
    let (sexes, races) = (try table.strings("sex"), try table.strings("race"))
    sexRace = Self.subgroups("race*sex", zip(races, sexes).map { "\($0)|\($1)" })
    sexAge = Self.subgroups("age*sex", zip(ages, sexes).map { "\($0)|\($1)" })
  }

  private static func subgroups(_ attribute: String, _ groups: [String]) -> Subgroups {
    let names = Set(groups).sorted()
    return Subgroups(
      attribute: attribute, names: names, codes: groups.map { names.firstIndex(of: $0) ?? -1 })
  }

  func subgroups(_ key: String) -> Subgroups { key == "sex_race" ? sexRace : sexAge }

  func plan(_ unit: ResamplingPlan.Unit, resamples: Int) -> ResamplingPlan {
    switch unit {
    case .image: ResamplingPlan(rowCount: rowCount, resamples: resamples, seed: Self.seed)
    case .patient: ResamplingPlan(patients: patients, resamples: resamples, seed: Self.seed)
    }
  }
}

extension CellRule {
  /// The golden's word for the rule in gaps of macro AUROC.
  var goldenKey: String {
    switch self {
    case .minimum: "mincell10"
    case .commonLabels: "common"
    case .definedLabels: "defined"
    }
  }
}
