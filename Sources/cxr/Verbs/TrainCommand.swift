// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRClassifier
import CXRCore
import CXRFiles
import CXRImage
import CXRTensor
import Foundation
import CXRTraining

/// The command `cxr train`.
struct TrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a classifier on real, synthetic or mixed radiographs.",
    discussion: """
      The labels come from the catalog, the pictures from image stores. A strategy says what is learned \
      from: real, synthetic, mixed, pretrain-finetune (synthetic first, then real at a lower rate), a \
      mix such as mixed:1:3, or several mixes with -then- between them. The best weights by the mean \
      AUROC on the images for validation are kept in OUT/best, what the epochs came to in \
      OUT/metrics.csv, in the catalog (cxr runs) and, where gnuplot is installed, in OUT/curves.svg.

      The first stage begins with random weights, or with those of --weights: the folder of a classifier, \
      or a file (safetensors, or what torch.save wrote) such as ImageNet's of torchvision. A head of \
      another width is left out, and the kernels of three channels are added up for --channels 1; \
      what was done is said, and --dry-run says it beforehand.

      With --demographics, sex or race is learned instead of findings, which makes judges of generated \
      images: each class is a question of its own, and the answers are divided by their sum.

      Ctrl-C finishes the step and writes a checkpoint; the same command with --resume goes on from \
      there, on the processor with the same --threads to the same bits. Of a series with --shares, \
      what is finished is passed over, and what was not begun begins.

      Started by mpirun or srun as several ranks, each takes its part of every batch; OUT, catalog and \
      stores must be seen by all. mpirun kills them a second after Ctrl-C; this gives them time to end the step:

        mpirun -n 2 --bind-to none --mca odls_base_sigkill_timeout 20 cxr train ...

      Example:
        cxr train --name real --out runs/real --dataset nih --store nih-224 \\
          --train study:train --validate study:val
        cxr train --name imagenet --out runs/imagenet --dataset nih --store nih-224 \\
          --train study:train --validate study:val --weights densenet121.safetensors
        cxr train --name mixed --out runs/mixed --strategy mixed --dataset nih \\
          --store nih-224 --synthetic made --synthetic-store made-224 \\
          --train study:train --validate study:val
        cxr train --name few --out runs/few --shares 0.01,0.1,1 --dataset nih \\
          --store nih-224 --train study:train --validate study:val
        cxr train --name sex --out runs/sex --demographics sex --dataset nih \\
          --store nih-224 --train study:train --validate study:val
      """)

  @OptionGroup var catalog: CatalogOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "The name of the run in the catalog.")
  var name: String

  @Option(name: .customLong("out"), help: "The folder of the run; it is made.")
  var folder: String

  @Option(
    help: "What is learned from: real, synthetic, mixed, pretrain-finetune, or a mix.",
    transform: TrainCommand.readStrategy)
  var strategy: TrainingStrategy = .real

  @Option(help: "A dataset of real radiographs; may be repeated.")
  var dataset: [String]

  @Option(help: "The image store of the real radiographs.")
  var store: String

  @Option(
    name: .customLong("synthetic"), help: "A dataset of synthetic radiographs; may be repeated.")
  var syntheticDatasets: [String] = []

  @Option(help: "The image store of the synthetic radiographs (default: that of the real ones).")
  var syntheticStore: String?

  @Option(help: "Only members of this cohort.")
  var cohort: String?

  @Option(
    name: .customLong("train"),
    help: "The part of the real radiographs to learn from, as NAME:PART.",
    transform: SplitPart.read)
  var trainingPart: SplitPart

  @Option(
    name: .customLong("validate"), help: "The part of the real radiographs to validate on.",
    transform: SplitPart.read)
  var validationPart: SplitPart

  @Option(
    name: .customLong("synthetic-train"),
    help: "The part of the synthetic radiographs to learn from (default: all).",
    transform: SplitPart.read)
  var syntheticPart: SplitPart?

  @OptionGroup var policy: PolicyOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var compute: DeviceOptions

  @OptionGroup var series: SeriesOptions

  @Option(
    name: .customLong("weights"),
    help: "The weights that the first stage begins with: a classifier's folder, or a file.")
  var weights: String?

  @Flag(name: .customLong("resume"), help: "Go on from the last checkpoint in OUT.")
  var isResuming = false

  @Flag(name: .customLong("replace"), help: "Take the place of another run of the name.")
  var isReplacing = false

  @Flag(name: .customLong("dry-run"), help: "Say what would be learned from; train nothing.")
  var isDryRun = false

  mutating func validate() throws {
    if weights != nil { strategy = strategy.beginningWithGivenWeights() }
    _ = try members
  }

  /// The runs: one, or those of a series.
  private var members: [SeriesOptions.Member] {
    get throws { try series.members(name: name, folder: folder, strategy: strategy) }
  }

  func run() async throws { try await RankedRun.run { try await train(with: $0) } }

  /// Trains as one of some ranks, of which the first one writes.
  private func train(with ranks: RankGroup) async throws {
    guard network.batchSize >= ranks.count else {
      throw ValidationError(
        "A batch of \(network.batchSize) cannot be divided among \(ranks.count) ranks; give a larger "
          + "--batch-size.")
    }
    let catalog = try ranks.firstThenOthers {
      try Catalog(path: self.catalog.path, access: isDryRun || !ranks.isFirst ? .read : .update)
    }
    let images = try images(in: catalog, ranks)
    let members = try members
    if isDryRun {
      guard ranks.isFirst else { return }
      var plans: [Plan] = []
      for member in members { plans.append(try await plan(images, member)) }
      let text = plans.map(\.text).joined() + "Dry run, nothing was trained.\n"
      return try plans.count == 1
        ? output.write(plans[0]) { _ in text } : output.write(plans) { _ in text }
    }

    let (device, workers) = try await compute.prepare()
    // All are checked before the first of them takes hours.
    var runs: [TrainingRun] = []
    for member in members {
      let configuration = try network.configuration(
        member.strategy, side: images.validation.pixels.side,
        scale: .standardized([
          try await standardization(of: images, member.strategy, threads: workers, ranks)
        ]))
      var trainer = Trainer(configuration, images, folder: member.folder)
      trainer.device = device
      trainer.workers = workers
      trainer.givenWeights = weights
      trainer.ranks = ranks
      let recorder = try RunRecorder(
        catalog, name: member.name,
        folder: URL(filePath: member.folder).standardizedFileURL.path,
        configuration: configuration, computed: await .current(device, workers: workers),
        policy: isReplacing ? .replace : .refuse)
      // Of a series that is resumed, some may not have begun.
      let isResumed = isResuming && (series.shares.isEmpty || trainer.isBegun)
      let run = TrainingRun(
        name: member.name, trainer: trainer, recorder: recorder,
        start: isResumed ? .resume : .begin)
      try await run.check()
      runs.append(run)
    }
    // No rank begins before all have seen what there is.
    try ranks.wait()
    var documents: [TrainingDocument] = []
    for run in runs {
      if runs.count > 1 { run.announce() }
      documents.append(try await run.train())
    }
    guard ranks.isFirst else { return }
    let text = documents.map(TrainingText.summary).joined()
    try documents.count == 1
      ? output.write(documents[0]) { _ in text } : output.write(documents) { _ in text }
  }

  /// The images to learn from and to validate on.
  private func images(in catalog: Catalog, _ ranks: RankGroup) throws -> TrainingImages {
    let realStore = try ImageStore(folder: catalog.imageStore(store).folder)
    let sources = strategy.sources
    let real =
      sources.contains(.real)
      ? try LabelledImages(selection(dataset, trainingPart), of: catalog, in: realStore) : nil
    var synthetic: LabelledImages?
    if sources.contains(.synthetic) {
      guard !syntheticDatasets.isEmpty else {
        throw ValidationError("The strategy \(strategy) needs --synthetic datasets.")
      }
      let place = try syntheticStore.map { try ImageStore(folder: catalog.imageStore($0).folder) }
      synthetic = try LabelledImages(
        selection(syntheticDatasets, syntheticPart, usesCohort: false), of: catalog,
        in: place ?? realStore)
    }
    let validation = try LabelledImages(
      selection(dataset, validationPart), of: catalog, in: realStore)
    for (list, what) in [(real, "real"), (synthetic, "synthetic"), (validation, "validation")] {
      if let list, ranks.isFirst { Console.note("\(what): \(list.tally)") }
    }
    return try TrainingImages(real: real, synthetic: synthetic, validation: validation)
  }

  private func selection(
    _ datasets: [String], _ part: SplitPart?, usesCohort: Bool = true
  ) -> ImageSelection {
    var selection = ImageSelection(
      datasets: datasets, policy: policy.labelPolicy, labels: network.labels)
    selection.cohort = usesCohort ? cohort : nil
    selection.part = part.map { .init(split: $0.split, part: $0.part) }
    return selection
  }

  /// Mean and standard deviation of the images of the first stage, of the larger source.
  private func standardization(
    of images: TrainingImages, _ strategy: TrainingStrategy, threads: Int, _ ranks: RankGroup
  ) async throws -> Standardization {
    let first = try ExampleSet(
      real: images.real, synthetic: images.synthetic, mix: strategy.stages[0].mix,
      seed: network.seed)
    let source = TrainingSource.allCases.max {
      first.countPerEpoch(of: $0) < first.countPerEpoch(of: $1)
    }
    guard let list = source.flatMap({ first.images(of: $0) }),
      let store = list.pixels as? ImageStore
    else { throw ValidationError("The strategy \(strategy) has no images to learn from.") }
    // The first rank looks at all pictures, and tells the others what it has found.
    var moments = [0.0, 0.0]
    if ranks.isFirst {
      let statistics = try await PixelStatistics(
        of: store, at: list.pixelIndices, threads: threads)
      guard let mean = statistics.mean, let deviation = statistics.standardDeviation, deviation > 0
      else {
        throw ValidationError(
          "All images to learn from are of one gray; check the store \(self.store).")
      }
      moments = [mean, deviation]
    }
    moments = try ranks.sum(moments)
    return Standardization(mean: moments[0], standardDeviation: moments[1])
  }

  private func plan(
    _ images: TrainingImages, _ member: SeriesOptions.Member
  ) async throws -> Plan {
    var trainer = Trainer(
      try network.configuration(
        member.strategy, side: images.validation.pixels.side, scale: .unit),
      images, folder: member.folder)
    trainer.givenWeights = weights
    return try Plan(
      name: member.name, strategy: member.strategy.description,
      weights: await trainer.tryWeights(),
      stages: member.strategy.stages.map { stage in
        let examples = try ExampleSet(
          real: images.real, synthetic: images.synthetic, mix: stage.mix, seed: network.seed)
        return Plan.Stage(
          mix: stage.mix.description, realCount: examples.countPerEpoch(of: .real),
          syntheticCount: examples.countPerEpoch(of: .synthetic))
      },
      validationCount: images.validation.count)
  }

  /// What a dry run finds.
  private struct Plan: Encodable {
    struct Stage: Encodable {
      let mix: String
      let realCount: Int
      let syntheticCount: Int
    }
    let name: String
    let strategy: String
    let weights: WeightReport?
    let stages: [Stage]
    let validationCount: Int

    var text: String {
      stages.enumerated().map { number, stage in
        "\(name), stage \(number + 1) (\(stage.mix)): \(NumberText.count(stage.realCount)) real and "
          + "\(NumberText.count(stage.syntheticCount)) synthetic images an epoch.\n"
      }.joined() + (weights.map { "Begins with \($0).\n" } ?? "")
        + "\(NumberText.count(validationCount)) images to validate on.\n"
    }
  }

  @Sendable private static func readStrategy(_ text: String) throws -> TrainingStrategy {
    do {
      return try TrainingStrategy(text)
    } catch {
      throw ValidationError(error.message)
    }
  }
}
