// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// The command `cxr diffusion`.
struct DiffusionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diffusion",
    abstract: "Fine-tune diffusion models, make images with them, and enter these as a dataset.",
    discussion: """
      Example:
        cxr diffusion train --name chest --model stable-diffusion-2-1-base \\
          --prompts train --store mimic-512 --out runs/chest
        cxr diffusion sample --name balanced --model roentgen-v2 --prompts balanced \\
          --out runs/balanced
        cxr diffusion yield balanced --out balanced-yield
        cxr diffusion enter balanced
        cxr diffusion score --run s5000 --run s10000 --store mimic-512 --out score \\
          --fid-network inception.safetensors
      """,
    subcommands: [
      DiffusionInitCommand.self, DiffusionTrainCommand.self, DiffusionExportCommand.self,
      DiffusionSampleCommand.self, DiffusionListCommand.self, DiffusionYieldCommand.self,
      DiffusionLogCommand.self, DiffusionEnterCommand.self, DiffusionScoreCommand.self,
    ])
}
