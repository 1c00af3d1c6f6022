// SPDX-License-Identifier: Apache-2.0
internal import CXRCohort

/// One training of an arm: on all data, or on a share of it.
struct StudyRun: Hashable, Sendable {
  /// What a run has less of than the arm.
  enum Amount: Hashable, Sendable {
    case all
    case realShare(Double)
    case syntheticShare(Double)
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
    }
  }

  /// The runs of the arms of a study, arm by arm, all data first.
  static func runs(of manifest: StudyManifest) -> [StudyRun] {
    manifest.arms.flatMap { arm in
      let options = manifest.training.overridden(by: arm.options)
      let amounts: [Amount] =
        [.all] + arm.realShares.map { .realShare($0) }
        + arm.syntheticShares.map { .syntheticShare($0) }
      return amounts.map { amount in
        var own = options
        switch amount {
        case .all: break
        case .realShare(let share): own.thinOut("train", to: share)
        case .syntheticShare(let share): own.thinOut("synthetic-train", to: share)
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
