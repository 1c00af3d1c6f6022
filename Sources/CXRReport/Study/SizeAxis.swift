// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// The axis of a figure that shows results against the amount of training data.
struct SizeAxis {
  /// What is on the axis, in words.
  let title: String
  /// The strategies that were trained on several amounts, in reporting order.
  let strategies: [String]
  private let place: (StudyIndex.Arm) -> Double?

  /// Finds an axis; image counts are taken where every arm of a strategy has them, else shares.
  ///
  /// - Returns: `nil` when no strategy was trained on several amounts.
  init?(
    _ index: StudyIndex, share: KeyPath<StudyIndex.Arm, Double?>,
    count: KeyPath<StudyIndex.Arm, Int?>, kind: String
  ) {
    let hasCounts = index.arms.allSatisfy { $0[keyPath: share] == nil || $0[keyPath: count] != nil }
    let isCounted = hasCounts && index.arms.contains { $0[keyPath: count] != nil }
    let place: (StudyIndex.Arm) -> Double? = { arm in
      isCounted ? arm[keyPath: count].map(Double.init) : arm[keyPath: share].map { 100 * $0 }
    }
    strategies = index.arms.map(\.strategy).distinct.filter { strategy in
      Set(index.arms.filter { $0.strategy == strategy }.compactMap(place)).count > 1
    }
    guard !strategies.isEmpty else { return nil }
    self.place = place
    title =
      isCounted ? "Number of \(kind) training images" : "Share of the \(kind) training images in %"
  }

  /// Where an arm stands on the axis.
  func place(of arm: StudyIndex.Arm) -> Double? { place(arm) }
}
