// SPDX-License-Identifier: Apache-2.0
internal import CXRCohort

/// One training of an arm: on all data, on a share of it, or with another seed.
struct StudyRun: Hashable, Sendable {
  /// What a run has other than the arm.
  enum Amount: Hashable, Sendable {
    case all
    case realShare(Double)
    case syntheticShare(Double)
    case seed(Int)
  }

  /// The arm.
  let arm: StudyArm
  let amount: Amount
  /// Options of `cxr train`: those that all arms share, those of the arm, and those of the amount.
  let options: VerbOptions

  /// The name of the run and of its model.
  var name: String {
    switch amount {
    case .all: arm.name
    case .realShare(let share): SubsetMaker.name(of: "\(arm.name)-real", share: share)
    case .syntheticShare(let share): SubsetMaker.name(of: "\(arm.name)-synthetic", share: share)
    case .seed(let seed): "\(arm.name)-seed-\(seed)"
    }
  }

  /// The runs of the arms of a study, arm by arm, all data first.
  static func runs(of manifest: StudyManifest) -> [StudyRun] {
    manifest.arms.flatMap { arm in
      var options = manifest.training.overridden(by: arm.options)
      if let seed = arm.seeds.first { options.set("seed", ["\(seed)"]) }
      let amounts: [Amount] =
        [.all] + arm.realShares.map { .realShare($0) }
        + arm.syntheticShares.map { .syntheticShare($0) } + arm.seeds.dropFirst().map { .seed($0) }
      return amounts.map { amount in
        var own = options
        switch amount {
        case .all: break
        case .realShare(let share): own.thinOut("train", to: share)
        case .syntheticShare(let share): own.thinOut("synthetic-train", to: share)
        case .seed(let seed): own.set("seed", ["\(seed)"])
        }
        return StudyRun(arm: arm, amount: amount, options: own)
      }
    }
  }
}

extension VerbOptions {
  /// Takes the subset of a share in the place of a part of a split.
  fileprivate mutating func thinOut(_ option: String, to share: Double) {
    guard let part = value(option)?.split(separator: ":"), part.count == 2 else { return }
    set(option, ["\(SubsetMaker.name(of: String(part[0]), share: share)):\(part[1])"])
  }
}
