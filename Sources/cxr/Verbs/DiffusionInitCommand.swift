// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCore
import CXRDiffusion
import CXRFiles
import CXRImage
import CXRTensor
import CXRText
import CXRTraining
import Foundation

/// The command `cxr diffusion init`.
struct DiffusionInitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make a small diffusion model with random weights, to train from scratch.",
    discussion: """
      The folder is laid out like one of Stable Diffusion, and read by diffusers. The vocabulary is \
      learned from the prompts; the images decide over the size and what black and white are. The \
      autoencoder learns nothing: a latent picture is the picture with --reduction times \
      shorter sides, and decoding enlarges it by linear interpolation. It needs float32.

      Such a model shows that a pipeline works, on phantoms in minutes. For images that a \
      reader could take for radiographs, fine-tune a published model.

      Example:
        cxr diffusion init --prompts train --store nih-64 --out models/tiny
      """)

  @OptionGroup var catalog: CatalogOptions
  @OptionGroup var output: OutputOptions

  @Option(name: .customLong("prompts"), help: "The prompt set that the vocabulary is learned from.")
  var promptSet: String

  @Option(help: "The image store, by its name in the catalog.")
  var store: String

  @Option(name: .customLong("out"), help: "The folder of the model; it is made.")
  var folder: String

  @Option(name: .customLong("preset"), help: "The sizes of the networks.")
  var size: NewModel.Size = .tiny

  @Option(help: "How many pixels of a row become one: 1, 2, 4 or 8.")
  var reduction = 2

  @Option(help: "The most tokens of the vocabulary, from \(LearnedVocabulary.smallestCount).")
  var vocabularySize = 2048

  @Option(help: "What the U-Net learns to predict: epsilon or v_prediction.")
  var predictionType: PredictionType = .velocity

  @Option(help: "The seed of the weights.")
  var seed: UInt64 = 0

  @Flag(name: .customLong("dry-run"), help: "Say what would be made; make nothing.")
  var isDryRun = false

  mutating func validate() throws {
    guard PixelCoding.reductions.contains(reduction) else {
      throw ValidationError("--reduction takes 1, 2, 4 or 8.")
    }
    guard (LearnedVocabulary.smallestCount...65_536).contains(vocabularySize) else {
      throw ValidationError(
        "--vocabulary-size takes \(LearnedVocabulary.smallestCount) to 65536.")
    }
  }

  /// What is printed.
  private struct Document: Encodable {
    let folder: String
    let side: Int
    let tokenCount: Int
    let promptCount: Int
    let isDryRun: Bool
    /// The weights that learn; `nil` in a dry run.
    var weightCount: Int?

    var text: String {
      let images = "images of \(side) × \(side) pixels, \(NumberText.count(tokenCount, "token"))"
      guard let weightCount else { return "Dry run, nothing was made: \(images).\n" }
      return
        "\(folder): \(images), \(NumberText.count(weightCount, "weight")) to learn; go on with "
        + "cxr diffusion train.\n"
    }
  }

  func run() async throws {
    guard !FileManager.default.fileExists(atPath: folder) else {
      throw FileError(.unwritable, "\(folder) is there already; name another folder.")
    }
    let catalog = try Catalog(path: catalog.path, access: .read)
    let place = try ImageStore(folder: catalog.imageStore(store).folder)
    let pairs = try PromptedSelection(promptSet, of: catalog, in: place)
    var plan = NewModel(side: place.side)
    plan.size = size
    plan.pixels.reduction = reduction
    plan.prediction = predictionType
    plan.seed = seed
    guard place.side.isMultiple(of: plan.sideUnit) else {
      throw ValidationError(
        "The images of \(store) have \(place.side) pixels a side, and the model takes multiples of "
          + "\(plan.sideUnit); build a store of another --side, or give another --reduction.")
    }
    let statistics = try await PixelStatistics(
      of: place, at: pairs.images.pixelIndices,
      threads: ProcessInfo.processInfo.activeProcessorCount)
    guard let mean = statistics.mean, let deviation = statistics.standardDeviation, deviation > 0
    else { throw ValidationError("All images of \(store) are of one gray; choose another store.") }
    plan.pixels.mean = 2 * mean - 1
    plan.pixels.deviation = 2 * deviation
    let vocabulary = LearnedVocabulary(of: pairs.images.prompts, limit: vocabularySize)
    var document = Document(
      folder: folder, side: place.side, tokenCount: vocabulary.spellings.count,
      promptCount: pairs.images.count, isDryRun: isDryRun)
    if !isDryRun {
      document.weightCount = try await TensorActor.run { [plan] in
        if let problem = Torch.problem { throw problem }
        let model = try plan.model(vocabulary, on: .cpu)
        try model.write(to: folder)
        return model.unet.state.parameterCount + model.textEncoder.state.parameterCount
      }
    }
    try output.write(document) { _ in document.text }
  }
}
