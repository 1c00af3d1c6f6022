// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import Foundation

/// What the threshold verbs print for people.
enum ThresholdText {
  /// One line per label.
  static func table(_ thresholds: [Threshold], model: String) -> String {
    guard !thresholds.isEmpty else {
      return "\(model) has no thresholds; use `cxr thresholds import` or `select`.\n"
    }
    let width = thresholds.map(\.label.count).max() ?? 0
    let lines = thresholds.map { threshold in
      let label = threshold.label.padding(toLength: width, withPad: " ", startingAt: 0)
      return "  \(label)  \(String(format: "%.6f", threshold.value))  \(threshold.rule)"
    }
    let sources = Set(thresholds.map(\.source)).sorted().joined(separator: "; ")
    return "Thresholds of \(model), \(sources)\n" + lines.joined(separator: "\n") + "\n"
  }
}
