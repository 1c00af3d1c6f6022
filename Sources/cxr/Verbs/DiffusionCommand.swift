// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// The command `cxr diffusion`.
struct DiffusionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diffusion",
    abstract: "Tell what generation runs made, and enter their images as a dataset.",
    discussion: """
      Example:
        cxr diffusion yield balanced --out balanced-yield
        cxr diffusion enter balanced
      """,
    subcommands: [
      DiffusionListCommand.self, DiffusionYieldCommand.self, DiffusionLogCommand.self,
      DiffusionEnterCommand.self,
    ])
}
