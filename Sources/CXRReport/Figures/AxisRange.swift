// SPDX-License-Identifier: Apache-2.0

/// Round ends for axes.
enum AxisRange {
  /// A round number above all values, for an axis that starts at 0 and ends at 1 at most.
  static func ceiling(_ values: [Double]) -> Double {
    let largest = values.filter(\.isFinite).max() ?? 0
    // Steps per unit, so that the division gives the shortest decimal.
    let steps: Double = largest > 0.5 ? 10 : largest > 0.1 ? 20 : 50
    return max(1, (largest * 1.02 * steps).rounded(.up)) / steps
  }

  /// The axis of an AUROC: from chance, or from below the smallest value, to 1.
  static func auroc(_ values: [Double]) -> ClosedRange<Double> {
    let smallest = values.filter(\.isFinite).min() ?? 0.5
    return min(0.5, max(0, (10 * smallest).rounded(.down) / 10))...1
  }

  /// The distance between ticks that leaves about five of them readable on a small panel.
  static func tickStep(of range: ClosedRange<Double>) -> Double {
    let width = range.upperBound - range.lowerBound
    return [0.01, 0.02, 0.05, 0.1].first { width / $0 < 7 } ?? 0.2
  }
}
