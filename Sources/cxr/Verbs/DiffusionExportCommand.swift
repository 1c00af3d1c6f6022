// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRDiffusion
import CXRFiles
import Foundation

/// The command `cxr diffusion export`.
struct DiffusionExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Make a model of the last checkpoint of a run of fine-tuning.",
    discussion: """
      A finished run has its model already, in RUN/model; this is for one that was interrupted. What \
      is exported is the running average where the run keeps one (--use-ema), and of a run with \
      --lora-rank, finished or not, the whole model with the LoRA merged into it. The model that \
      the run was begun with is needed for what did not learn.

      Example:
        cxr diffusion export runs/chest --model stable-diffusion-2-1-base \\
          --out models/chest-so-far
      """)

  @OptionGroup var output: OutputOptions

  @Argument(help: "The folder of the run.")
  var run: String

  @OptionGroup var model: DiffusionModelOptions

  @Option(name: .customLong("out"), help: "The folder of the new model; it is made.")
  var folder: String

  /// What `--json` prints.
  private struct Document: Encodable {
    let folder: String
    let steps: Int
  }

  func run() async throws {
    guard !FileManager.default.fileExists(atPath: folder) else {
      throw FileError(.unwritable, "\(folder) is there already; name another folder.")
    }
    let base = try model.folder()
    let steps = try await DiffusionTrainer.exportCheckpoint(of: run, base, to: folder)
    try output.write(Document(folder: folder, steps: steps)) { _ in
      "\(folder): the model after step \(steps) of \(run); try it with cxr diffusion sample.\n"
    }
  }
}
