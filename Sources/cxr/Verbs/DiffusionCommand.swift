// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// The command `cxr diffusion`.
struct DiffusionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diffusion",
    abstract: "Make images from prompts, tell what came of it, and enter them as a dataset.",
    discussion: """
      Example:
        cxr diffusion sample --name balanced --model roentgen-v2 --prompts balanced \\
          --out runs/balanced
        cxr diffusion yield balanced --out balanced-yield
        cxr diffusion enter balanced
      """,
    subcommands: [
      DiffusionSampleCommand.self, DiffusionListCommand.self, DiffusionYieldCommand.self,
      DiffusionLogCommand.self,
      DiffusionEnterCommand.self,
    ])
}
