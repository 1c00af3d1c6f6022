// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// The command `cxr similarity`.
struct SimilarityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "similarity",
    abstract: "Measure how alike images are, pair by pair or as sets.",
    discussion: """
      Every figure names the convention that it follows: programs in use give \
      different values for the same images.

      Example:
        cxr similarity pairs real synthetic
        cxr similarity within prompt-17
        cxr similarity embed --network inception.safetensors --folder real \\
          --out real.npy
        cxr similarity features real.npy synthetic.npy --resize clean-fid
      """,
    subcommands: [
      SimilarityPairsCommand.self, SimilarityWithinCommand.self, SimilarityEmbedCommand.self,
      SimilarityFeaturesCommand.self,
    ])
}
