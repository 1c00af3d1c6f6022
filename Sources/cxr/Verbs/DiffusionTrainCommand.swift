// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCore
import CXRDiffusion
import CXRImage
import CXRTensor
import CXRText
import CXRTraining
import Foundation

/// The command `cxr diffusion train`.
struct DiffusionTrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Fine-tune a diffusion model on radiographs and prompts of the catalog.",
    discussion: """
      The model is a folder of Stable Diffusion 1 or 2 as diffusers lays it out, or one of \
      cxr diffusion init. A prompt set says what the radiographs show, an image store has them: each \
      image that has a prompt is learned from once a pass. U-Net and text encoder learn, the \
      autoencoder never does. Options have the names of diffusers' training scripts.

      Images are encoded once, into OUT/latents or the folder of --latents. OUT/model is the result, \
      laid out like the model; OUT/metrics.csv, the catalog (cxr runs) and, where gnuplot is installed, \
      OUT/curves.svg tell how it went; OUT/samples has images that were made meanwhile, always from \
      the same prompts and noise. The validation loss has the same timesteps and noise each time.

      Ctrl-C finishes the step and writes a checkpoint; the same command with --resume goes on from \
      there, on the processor with the same --threads to the same bits. cxr diffusion export makes a \
      model of a checkpoint. Started by mpirun or srun, ranks share every batch; OUT, catalog, \
      store and model must be seen by all.

      With --lora-rank a LoRA learns in place of the weights, into OUT/adapter, for \
      cxr diffusion sample --adapter. With --class-store each image is seen beside one of its class, \
      such as the model makes itself, so that the model keeps what it knows of the class (DreamBooth).

      Example:
        cxr diffusion train --name chest --model stable-diffusion-2-1-base \\
          --prompts train --validation-prompts val --store mimic-512 \\
          --out runs/chest --snr-gamma 5 --use-ema --mixed-precision bf16
        cxr diffusion init --prompts train --store nih-64 --out models/tiny
        cxr diffusion train --name tiny --model models/tiny --prompts train \\
          --store nih-64 --out runs/tiny --learning-rate 1e-3 \\
          --max-train-steps 1500 --proportion-empty-prompts 0.1
        cxr diffusion train --name own --model roentgen-v2 --prompts few \\
          --store own-512 --out runs/own --lora-rank 8 --instance-prompt scanner-a \\
          --class-store made-512 --class-prompt radiograph \\
          --prior-loss-weight 0.5
      """)

  @OptionGroup var catalog: CatalogOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "The name of the run in the catalog.")
  var name: String

  @OptionGroup var model: DiffusionModelOptions

  @Option(name: .customLong("prompts"), help: "The prompt set to learn from.")
  var promptSet: String

  @Option(name: .customLong("validation-prompts"), help: "The prompt set to validate on.")
  var validationSet: String?

  @Option(help: "The image store, by its name in the catalog.")
  var store: String

  @Option(name: .customLong("out"), help: "The folder of the run; it is made.")
  var folder: String

  @Option(name: .customLong("max-train-samples"), help: "The most images to learn from (drawn).")
  var imageLimit: Int?

  @OptionGroup var learning: FineTuningOptions
  @OptionGroup var adapting: AdapterTrainingOptions
  @OptionGroup var classes: PriorOptions
  @OptionGroup var pictures: ProgressPictureOptions

  @Option(
    name: .customLong("checkpointing-steps"), help: "The steps after which a checkpoint is written."
  )
  var checkpointInterval = 500

  @Option(
    name: .customLong("model-steps"),
    help: "The steps after which a model is kept in OUT/models (default: never).")
  var modelInterval: Int?

  @Option(name: .customLong("latents"), help: "The folder of encoded images, for several runs.")
  var latentsFolder: String?

  @OptionGroup var compute: DeviceOptions

  @Flag(name: .customLong("resume"), help: "Go on from the last checkpoint in OUT.")
  var isResuming = false

  @Flag(name: .customLong("replace"), help: "Take the place of another run of the name.")
  var isReplacing = false

  @Flag(name: .customLong("dry-run"), help: "Say what would be learned from; train nothing.")
  var isDryRun = false

  mutating func validate() throws {
    guard imageLimit ?? 1 > 0, checkpointInterval > 0, modelInterval ?? 1 > 0 else {
      throw ValidationError(
        "--max-train-samples, --checkpointing-steps and --model-steps take a number from 1.")
    }
  }

  func run() async throws { try await RankedRun.run { try await train(with: $0) } }

  /// Trains as one of some ranks, of which the first one writes.
  private func train(with ranks: RankGroup) async throws {
    guard learning.batchSize >= ranks.count else {
      throw ValidationError(
        "A batch of \(learning.batchSize) cannot be divided among \(ranks.count) ranks; give a "
          + "larger --train-batch-size.")
    }
    let base = try model.folder()
    let catalog = try ranks.firstThenOthers {
      try Catalog(path: self.catalog.path, access: isDryRun || !ranks.isFirst ? .read : .update)
    }
    let place = try ImageStore(folder: catalog.imageStore(store).folder)
    try requireSide(of: place, for: base)
    let training = try PromptedSelection(
      promptSet, of: catalog, in: place, limit: imageLimit, seed: learning.seed)
    let validation = try validationSet.map { try PromptedSelection($0, of: catalog, in: place) }
    try validation?.requireOtherPatients(than: training)
    Console.note("learning from: \(training.tally)")
    if let validation { Console.note("validating on: \(validation.tally)") }

    let images = try classes.instances(training.images)
    let prior = try classes.images(in: catalog, side: place.side, model: model.path)
    if let prior {
      Console.note("beside \(NumberText.count(prior.count, "image")) of the class")
    }

    // An epoch is as long as the longer list.
    var configuration = learning.configuration(imageCount: max(images.count, prior?.count ?? 0))
    adapting.apply(to: &configuration)
    configuration.priorLossWeight = classes.priorLossWeight ?? 1
    let cut = try cutPrompts(
      images.prompts + (prior?.prompts ?? []), CLIPTokenizer(folder: base.tokenizerPath))
    var document = FineTuningDocument(
      name: name, folder: folder, imageCount: images.count,
      validationCount: validation?.images.count ?? 0, cutPromptCount: cut,
      steps: configuration.steps, imagesPerStep: configuration.imagesPerStep, isDryRun: isDryRun)
    if isDryRun {
      guard ranks.isFirst else { return }
      return try output.write(document) { _ in document.text }
    }

    let (device, workers) = try await compute.prepare()
    var trainer = try DiffusionTrainer(configuration, base, images, folder: folder)
    trainer.validation = try validation.map { try classes.instances($0.images) }
    trainer.prior = prior
    trainer.device = device
    trainer.checkpointInterval = checkpointInterval
    trainer.modelInterval = modelInterval
    trainer.pictures = pictures.pictures(or: (trainer.validation ?? images).prompts)
    if let latentsFolder { trainer.latentsFolder = latentsFolder }
    trainer.ranks = ranks
    let recorder = try FineTuningRecorder(
      catalog, name: name, folder: URL(filePath: folder).standardizedFileURL.path,
      configuration: configuration, imageCount: images.count,
      computed: await .current(device, workers: workers),
      policy: isReplacing ? .replace : .refuse)
    if ranks.isFirst {
      if !isResuming { try trainer.requireFree() }
      try recorder.check()
    }
    // No rank begins before all have seen what there is.
    try ranks.wait()
    let run = FineTuning(
      trainer: trainer, recorder: recorder, folder: folder, start: isResuming ? .resume : .begin)
    let outcome = try await run.train()
    guard ranks.isFirst else { return }
    document.modelFolder = outcome.modelFolder
    document.history = outcome.history
    try output.write(document) { _ in document.text }
  }

  /// Refuses images that the networks cannot halve as often as they do, and says if the model was made
  /// for another size.
  private func requireSide(of store: ImageStore, for base: DiffusionFolder) throws {
    let unit = base.autoencoderConfiguration.pixelsPerLatent
    guard store.side.isMultiple(of: unit) else {
      throw ValidationError(
        "The images of \(self.store) have \(store.side) pixels a side, and the model takes multiples "
          + "of \(unit); build a store of another --side.")
    }
    if let made = base.unetConfiguration.sampleSize.map({ $0 * unit }), made != store.side {
      Console.note(
        "The model was made for \(made) pixels a side, and learns from images of \(store.side).")
    }
  }

  /// Counts the prompts of which the model does not see all, and says so.
  private func cutPrompts(_ prompts: [String], _ tokenizer: CLIPTokenizer) -> Int {
    let count = prompts.count { tokenizer.tokenCount($0) > tokenizer.contextLength }
    if count > 0 {
      Console.note(
        "The model sees \(tokenizer.contextLength) tokens of a prompt, and not the end of "
          + "\(NumberText.count(count, "longer one")); build shorter ones with cxr prompts build "
          + "--tokenizer.")
    }
    return count
  }
}
