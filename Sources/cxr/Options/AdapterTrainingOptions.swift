// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRDiffusion

/// Low-rank adapters that learn in the place of a model's weights.
struct AdapterTrainingOptions: ParsableArguments {
  @Option(
    name: .customLong("lora-rank"),
    help: "Learn a LoRA of this rank in place of the weights (4 is usual).")
  var rank: Int?

  @Option(
    name: .customLong("lora-alpha"),
    help: "What the LoRA counts by, over its rank (default: the rank).")
  var alpha: Double?

  @Option(
    name: .customLong("lora-targets"),
    help: "What the adapted maps of the U-Net end in (default: to_k,to_q,to_v,to_out.0).")
  var targets: String?

  @Flag(
    name: .customLong("lora-text-encoder"),
    help: "Adapt the attention of the text encoder, too; else it stays as it is.")
  var adaptsTextEncoder = false

  mutating func validate() throws {
    guard rank != nil || (alpha == nil && targets == nil && !adaptsTextEncoder) else {
      throw ValidationError(
        "--lora-alpha, --lora-targets and --lora-text-encoder say what a LoRA is like; give "
          + "--lora-rank, too.")
    }
    guard (1...4096).contains(rank ?? 1) else {
      throw ValidationError("--lora-rank takes 1 to 4096.")
    }
    if let alpha, !(alpha > 0 && alpha.isFinite) {
      throw ValidationError("--lora-alpha takes a number above 0.")
    }
    if let targets, targets.split(separator: ",", omittingEmptySubsequences: false).contains("") {
      throw ValidationError("--lora-targets takes endings of names with commas, such as to_q,to_v.")
    }
  }

  /// Lets adapters learn in the place of weights, if they are asked for.
  func apply(to configuration: inout FineTuningConfiguration) {
    guard let rank else { return }
    var adapter = LowRankConfiguration(rank: rank, alpha: alpha)
    if let targets { adapter.targets = targets.split(separator: ",").map(String.init) }
    configuration.adapter = adapter
    configuration.textEncoder = adaptsTextEncoder ? .learning : .frozen
  }
}
