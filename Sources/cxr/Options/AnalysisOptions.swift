// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCore
import CXREvaluation
import CXRStatistics
import Foundation

/// What evaluate, compare, audit and report have in common: which radiographs, which models, which
/// labels, and how intervals are made.
struct AnalysisOptions: ParsableArguments {
  @OptionGroup var catalog: CatalogOptions

  @Option(
    name: .customLong("dataset"),
    help: "The dataset (default: the one that the models were run on); report takes several.")
  var datasets: [String] = []

  @Option(
    name: .customLong("model"), help: "A model's name; repeatable (default: every model).")
  var models: [String] = []

  @Option(
    help: "eight (evaluation labels), fourteen (all findings), native, or names with commas.")
  var labels = "eight"

  @Option(
    name: .customLong("split"),
    help: "Use one part of a split only, as NAME:PART, or DATASET=NAME:PART for one of several.",
    transform: DatasetSplit.read)
  var splits: [DatasetSplit] = []

  @Option(help: "Use one view only, such as pa.")
  var view: View?

  @OptionGroup var policy: PolicyOptions

  @Option(
    name: .customLong("bootstrap"), help: "The number of bootstrap resamples; 0 for no intervals.")
  var resampleCount = 1000

  @Option(
    name: .customLong("permutations"),
    help: "The number of permutations of every test (default: as many as resamples).")
  var permutations: Int?

  @Option(help: "What a resample draws and a permutation swaps: patient or image.")
  var unit: ResamplingPlan.Unit = .patient

  @Option(help: "The seed of every draw.")
  var seed: UInt64 = 1

  @Option(help: "The number of threads; it changes the time, never the result.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  mutating func validate() throws {
    guard resampleCount >= 0, resampleCount <= 1_000_000 else {
      throw ValidationError("--bootstrap takes a number from 0 to 1000000.")
    }
    guard (permutations ?? 0) >= 0, (permutations ?? 0) <= 1_000_000 else {
      throw ValidationError("--permutations takes a number from 0 to 1000000.")
    }
    guard threads > 0 else { throw ValidationError("--threads takes a number from 1.") }
    guard Set(models).count == models.count else {
      throw ValidationError("A model is named twice; name each --model once.")
    }
    guard Set(datasets).count == datasets.count else {
      throw ValidationError("A dataset is named twice; name each --dataset once.")
    }
    guard Set(splits.map(\.dataset)).count == splits.count else {
      throw ValidationError(
        "Give one --split for all datasets, and beside it one DATASET=NAME:PART for each exception."
      )
    }
    if let other = splits.compactMap(\.dataset).first(where: { !datasets.contains($0) }) {
      throw ValidationError("--split names \(other), which no --dataset names.")
    }
  }

  /// The part of a dataset that is used, if not all of it.
  func split(of dataset: String) -> SplitPart? {
    (splits.first { $0.dataset == dataset } ?? splits.first { $0.dataset == nil })?.part
  }

  /// The options that decide the numbers.
  var evaluation: EvaluationOptions {
    EvaluationOptions(
      resampleCount: resampleCount, permutationCount: permutations ?? resampleCount, unit: unit,
      labelPolicy: policy.labelPolicy, seed: seed, threads: threads)
  }

  /// The options as a command line that makes the same numbers again: everything that decides
  /// them, nothing else.
  ///
  /// - Parameters:
  ///   - datasets: The datasets that the numbers are of.
  ///   - models: The models.
  /// - Returns: The arguments.
  func arguments(datasets: [String], models: [String]) -> [String] {
    var arguments = datasets.flatMap { ["--dataset", $0] } + models.flatMap { ["--model", $0] }
    arguments += ["--labels", labels]
    if datasets.count == 1 {
      if let split = split(of: datasets[0]) { arguments += ["--split", split.description] }
    } else {
      arguments += splits.flatMap { ["--split", $0.description] }
    }
    if let view { arguments += ["--view", view.rawValue] }
    arguments += policy.arguments + ["--bootstrap", String(resampleCount)]
    arguments += ["--permutations", String(permutations ?? resampleCount)]
    return arguments + ["--unit", unit.rawValue, "--seed", String(seed)]
  }
}
