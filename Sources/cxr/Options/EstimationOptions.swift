// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXREvaluation
import CXRStatistics

/// How intervals follow from resamples.
struct IntervalOptions: ParsableArguments {
  @Option(
    name: .customLong("interval"),
    help: "How intervals follow from resamples; bca is for the AUROC and AUPRC of a label.")
  var method: EvaluationOptions.IntervalMethod = .percentile

  /// The option as a command line.
  var arguments: [String] { ["--interval", method.rawValue] }
}

/// What a mean over labels does with undefined labels.
struct MacroOptions: ParsableArguments {
  @Option(
    name: .customLong("undefined"),
    help: """
      What a mean over labels does with undefined labels; torchmetrics (zero) counts them as 0, as \
      that library does.
      """)
  var policy: MacroPolicy = .commonLabels

  /// The option as a command line.
  var arguments: [String] { ["--undefined", policy.rawValue] }
}

/// How p-values are adjusted.
struct AdjustmentOptions: ParsableArguments {
  @Option(
    name: .customLong("adjust"),
    help: "How p-values are adjusted over the labels of a comparison.")
  var adjustment: PAdjustment = .holm

  /// The option as a command line.
  var arguments: [String] { ["--adjust", adjustment.rawValue] }
}
