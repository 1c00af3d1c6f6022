// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRClassifier
import CXRCore
import CXRDiffusion
import CXRGeneration
import CXRTensor
import CXRText
import Foundation

/// The command `cxr diffusion sample`.
struct DiffusionSampleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Make images from prompts with a diffusion model, and check them.",
    discussion: """
      The model is a folder of Stable Diffusion 1 or 2 as diffusers lays it out; nothing is \
      downloaded. Of each image, models tell whether it shows sex, race and age of its prompt; one that \
      does not is made anew with a fresh seed, --attempts times at most. What no model tells is logged \
      as untested, and does not count as passed.

      Ctrl-C stops at the next step of the sampler; the same command goes on where it stopped. Several \
      processes may work on one run at the same time, each with --shard or all without, on one machine. \
      Images and log come out the same bytes, by however many processes; on the processor with the \
      same --threads, on NVIDIA devices of one type with the same --batch-size.

      Example:
        cxr diffusion sample --name balanced --model roentgen-v2 --prompts balanced \\
          --out runs/balanced --sex-model sex.ckpt --race-model race.pt \\
          --age-model age.pt
        cxr diffusion sample --name half --model roentgen-v2 --prompts balanced \\
          --out runs/half --sampler dpm++ --steps 25 --shard 1/2 --device cuda:0
        cxr diffusion sample --name try --model roentgen-v2 --prompts balanced \\
          --out runs/try --limit 8 --dry-run
        cxr diffusion sample --name own --model roentgen-v2 --prompts balanced \\
          --out runs/own --adapter runs/lora/adapter --adapter-scale 0.8
      """)

  @OptionGroup var catalog: CatalogOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "The name of the run.")
  var name: String

  @OptionGroup var model: DiffusionModelOptions

  @OptionGroup var adapting: AdapterOptions

  @Option(name: .customLong("prompts"), help: "The prompt set.")
  var promptSet: String

  @Option(name: .customLong("out"), help: "The folder of the images; it is made.")
  var folder: String

  @Option(help: "How many images are made from each prompt (default: 1).")
  var copies: Int?

  @Option(help: "How many images each cell of sex, race and age gets, in the place of --copies.")
  var balancedPerCell: Int?

  @Option(help: "The seed that those of all images follow from.")
  var seed: UInt64 = 1

  @Option(help: "How often an image is tried before it is given up.")
  var attempts = 4

  @Flag(name: .customLong("keep-rejected"), help: "Keep images that failed a check, in rejected/.")
  var keepsRejected = false

  @OptionGroup var sampling: SamplerOptions
  @OptionGroup var judging: JudgeOptions

  @Option(help: "How many images are worked on together.")
  var batchSize = 1

  @Option(help: "The part of the images that this process makes, such as 1/4.")
  var shard = ShardArgument.whole

  @Option(help: "Stop after as many images.")
  var limit: Int?

  @OptionGroup var compute: ComputeOptions

  @Flag(name: .customLong("replace"), help: "Take the place of another run of the name.")
  var isReplacing = false

  @Flag(name: .customLong("dry-run"), help: "Say what would be made; make nothing.")
  var isDryRun = false

  mutating func validate() throws {
    guard copies == nil || balancedPerCell == nil else {
      throw ValidationError("Give --copies or --balanced-per-cell, not both.")
    }
    guard (1...100).contains(attempts) else {
      throw ValidationError("--attempts takes 1 to 100.")
    }
    guard (1...1024).contains(batchSize) else {
      throw ValidationError("--batch-size takes 1 to 1024.")
    }
    guard limit ?? 1 > 0 else { throw ValidationError("--limit takes a number from 1.") }
  }

  func run() async throws {
    let source = try model.folder()
    let catalog = try Catalog(path: catalog.path, access: isDryRun ? .read : .update)
    let adapter = try adapting.adapter()
    let judges = try judging.files()
    var document = try plan(in: catalog, CLIPTokenizer(folder: source.tokenizerPath), judges)
    if isDryRun { return try output.write(document) { _ in document.text } }

    let device = try await compute.prepare()
    document.progress = try await Interruption.explained(by: {
      FileManager.default.fileExists(atPath: "\(folder)/generation.json")
        ? "what was made stays in \(folder); the same command goes on from there." : nil
    }) {
      try await TensorActor.run { try sample(source, adapter, judges, catalog, on: device) }
    }
    try output.write(document) { _ in document.text }
  }

  /// Begins the run or goes on with it.
  @TensorActor private func sample(
    _ source: DiffusionFolder, _ adapter: (file: AdapterFile, scale: Double)?,
    _ judgeFiles: [ModelFile], _ catalog: Catalog, on device: Device
  ) throws -> GenerationProgress {
    let model = try TextToImage(
      source, sampling.options(batchSize: batchSize), adapter: adapter, on: device)
    for note in model.notes { Console.note("weights: \(note)") }
    let judges = try judgeFiles.map { try ModelJudge($0, on: device) }
    for note in judges.flatMap(\.notes) { Console.note("weights: \(note)") }
    let generator = DiffusionGenerator(
      model, name: URL(filePath: self.model.path).lastPathComponent, digest: try source.digest(),
      adapter: try adapter.map { (try $0.file.digest(), $0.scale) }, on: device)
    let session = try GenerationSession(
      settings, folder: folder, catalog: catalog, generator: generator, judges: judges)
    try session.begin(
      onConflict: isReplacing ? .replace : .refuse,
      provenance: .ofThisCommand("diffusion sample"))
    let line = ProgressLine("Sampling", total: 0)
    defer { line.finish() }
    return try session.run(work) { progress in
      let done = progress.finishedCount
      line.update(done, of: min(limit ?? .max, done + progress.openCount))
    }
  }

  /// How this process does its part.
  private var work: GenerationWork {
    var work = GenerationWork()
    work.batchSize = batchSize
    (work.shard, work.shardCount) = (shard.number - 1, shard.count)
    work.limit = limit
    return work
  }

  /// What decides which images come out, beside the models.
  private var settings: GenerationSettings {
    var settings = GenerationSettings(name: name, promptSet: promptSet)
    settings.seed = seed
    settings.copies = balancedPerCell.map { .balanced(perCell: $0) } ?? .each(copies ?? 1)
    settings.regenerations = attempts - 1
    settings.predicates = judging.predicates
    settings.rejectedImages = keepsRejected ? .keep : .drop
    return settings
  }

  /// Counts the images, and says what of prompts the model does not see, and what is not checked.
  private func plan(
    in catalog: Catalog, _ tokenizer: CLIPTokenizer, _ judges: [ModelFile]
  ) throws -> SamplingDocument {
    var prompts: [PromptRecord] = []
    // The text itself comes from a report, and is not for a terminal's log.
    var cut: [(position: Int, tokenCount: Int)] = []
    try catalog.forEachPrompt(of: promptSet) { stored in
      prompts.append(stored.prompt)
      let lost = tokenizer.tokenCount(stored.prompt.text) - tokenizer.contextLength
      if lost > 0 { cut.append((prompts.count, lost)) }
      return true
    }
    if let first = cut.first {
      Console.note(
        "The model sees \(tokenizer.contextLength) tokens of a prompt, and not the end of "
          + "\(NumberText.count(cut.count, "longer one")); the first is prompt \(first.position), of "
          + "which \(NumberText.count(first.tokenCount, "token")) are cut. Build shorter ones with "
          + "cxr prompts build --tokenizer.")
    }
    let aspects = judges.flatMap { ModelJudge.aspects(of: $0.outputs) }
    var untested: [String] = []
    if !aspects.contains(.sex) { untested.append("sex") }
    if !aspects.contains(where: { if case .race = $0 { true } else { false } }) {
      untested.append("race")
    }
    if !aspects.contains(.ageYears) { untested.append("age") }
    if !untested.isEmpty {
      Console.note("not checked, because no model was given: \(NumberText.list(untested))")
    }
    let counts = try settings.copies.counts(for: prompts, seed: seed)
    return SamplingDocument(
      name: name, folder: folder, promptSet: promptSet, imageCount: counts.reduce(0, +),
      shard: "\(shard)", shardImageCount: work.imageCount(ofCopies: counts), limit: limit,
      cutPromptCount: cut.count, untestedChecks: untested, isDryRun: isDryRun)
  }
}
