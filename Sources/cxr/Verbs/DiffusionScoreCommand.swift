// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRClassifier
import CXRCore
import CXRFiles
import CXRGeneration
import CXRImage
import CXRReport
import CXRStatistics
import CXRTensor
import Foundation

/// The command `cxr diffusion score`.
struct DiffusionScoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Set checkpoints of a generator beside one another, and choose one by a rule.",
    discussion: """
      Sample a run from each checkpoint first, all from the same prompts, such as those of the \
      validation part, with the same --copies (4 in the published study) and without models that check. \
      The runs are then scored:

        alignment   AUROC of each finding, accuracy of sex and race, error of age
        similarity  FID; MS-SSIM and cosine with the real image of the prompt
        diversity   MS-SSIM and cosine among the images of a prompt

      The real images have a row of their own, by the same models.

      Of the checkpoints that no other beats in every measure (Pareto front), the one with the smallest \
      sum of ranks is chosen; --by names the measures. What cannot be computed is n/a with the reason, \
      and a measure that a checkpoint lacks does not count.

      The real image nearest to each synthetic one is searched among the real images of the prompts, or \
      in --training-store, and set beside the nearest real images of two patients.

      --out gets score.md, score.json, scores.csv, choice.csv, nearest.csv, pairs.csv and figures. \
      What networks said is kept in its folder cache: the same command goes on where it stopped.

      Example:
        cxr diffusion score --run s5000 --run s7500 --run s10000 --store mimic-512 \\
          --out score --classifier densenet121-res224-all.safetensors \\
          --sex-model sex.ckpt --race-model race.pt --age-model age.pt \\
          --fid-network inception.safetensors --embedding-network biovil.pt
        cxr diffusion score --run s5000 --run s10000 --store mimic-512 --out score \\
          --fid-network inception.safetensors --by FID --dry-run
      """)

  @OptionGroup var catalog: CatalogOptions
  @OptionGroup var output: OutputOptions

  @Option(
    name: .customLong("run"),
    help: "A run of one checkpoint; repeated, the earliest checkpoint first.")
  var runs: [String] = []

  @Option(help: "The image store with the radiographs that prompts came from.")
  var store: String

  @Option(name: .customLong("out"), help: "The folder to write into; it is made.")
  var folder: String

  @OptionGroup var scoring: ScoringOptions

  @Option(help: "The image store that the generator learned from, for the nearest images.")
  var trainingStore: String?

  @Option(help: "Only a part of a split of that store, as NAME:PART.", transform: SplitPart.read)
  var trainingSplit: SplitPart?

  @Option(help: "The share of real images whose nearest one lies below the limit.")
  var probability = 0.99

  @Option(help: "The resamples of patients behind intervals; 0 for none.")
  var resamples = 1000

  @Option(help: "The seed of the resamples.")
  var seed: UInt64 = 1

  @Option(help: "The images that a network is given together.")
  var batchSize = 32

  @OptionGroup var compute: DeviceOptions

  @Flag(name: .customLong("dry-run"), help: "Check runs and models; compute and write nothing.")
  var isDryRun = false

  mutating func validate() throws {
    guard !runs.isEmpty, Set(runs).count == runs.count else {
      throw ValidationError("Name each run once with --run, one at least.")
    }
    guard batchSize > 0 else { throw ValidationError("--batch-size takes a number from 1.") }
    guard (0...100_000).contains(resamples) else {
      throw ValidationError("--resamples takes 0 to 100,000.")
    }
    guard (0..<1).contains(probability) else {
      throw ValidationError("--probability takes a share below 1, such as 0.99.")
    }
    guard trainingSplit == nil || trainingStore != nil else {
      throw ValidationError("--training-split is a part of --training-store; name that too.")
    }
  }

  func run() async throws {
    let catalog = try Catalog(path: catalog.path, access: .read)
    let store = try ImageStore(folder: catalog.imageStore(store).folder)
    let plan = try ScoringPlan(of: runs, pairedWith: store, in: catalog)
    let judges = try scoring.judging.files()
    let (fid, embedding) = try scoring.networks()
    let reference =
      try trainingStore.map {
        try MemorizationSearch.reference(store: $0, part: trainingSplit, in: catalog)
      } ?? MemorizationSearch.reference(pairedBy: plan, store: store)
    for note in plan.notes { Console.note("note: \(note)") }

    if isDryRun {
      let document = try document(
        self.work(plan, store, judges, fid, embedding, PictureBatches(), threads: 1))
      return try output.write(document) { _ in document.text }
    }
    let (device, workers) = try await compute.prepare()
    var batches = PictureBatches()
    batches.device = device
    batches.batchSize = batchSize
    batches.workers = workers
    let threads = compute.compute.threads ?? ProcessInfo.processInfo.activeProcessorCount
    let work = work(plan, store, judges, fid, embedding, batches, threads: threads)
    try work.cache.prepare()
    let comparison = try await Interruption.explained(by: {
      "what networks said stays in \(folder)/cache; the same command goes on from there."
    }) {
      try await compare(work, reference)
    }
    let result = try await CheckpointReport(comparison).write(to: URL(filePath: folder))
    if let note = result.note { Console.note("note: \(note)") }
    Console.note(
      "Wrote \(result.files.map(\.lastPathComponent).joined(separator: ", ")) to \(folder).")
    try output.write(comparison) { CheckpointReport(comparison).text(style: $0) }
  }

  private func work(
    _ plan: ScoringPlan, _ store: ImageStore, _ judges: [ModelFile], _ fid: FeatureFile?,
    _ embedding: FeatureFile?, _ batches: PictureBatches, threads: Int
  ) -> CheckpointScoring {
    CheckpointScoring(
      plan: plan, store: store, judges: judges, fid: fid, embedding: embedding,
      cache: RowCache(folder: "\(folder)/cache"), batches: batches, threads: threads)
  }

  /// Looks at the images, computes the scores and chooses.
  private func compare(
    _ work: CheckpointScoring, _ reference: MemorizationSearch.Reference
  ) async throws -> CheckpointComparison {
    let plan = work.plan
    let policy = scoring.policy.labelPolicy
    let found = try await work.look(for: scoring.findings, policy: policy)
    // The mean is over the same findings for every checkpoint, or it would be no comparison.
    let averaged = scoring.findings.map { ScoreMeasure.auroc(of: $0.name) }.filter { measure in
      found.checkpoints.allSatisfy { columns in
        columns.contains { $0.measure == measure && $0.isDefined }
      }
    }
    var scores: [CheckpointScore] = []
    for (checkpoint, columns) in zip(plan.checkpoints, found.checkpoints) {
      scores.append(
        try await CheckpointScore(
          checkpoint.name, columns: columns, averaging: averaged,
          plan: ResamplingPlan(patients: plan.patients, resamples: resamples, seed: seed),
          threads: work.threads))
    }
    let real = try await CheckpointScore(
      "real images", columns: found.real, averaging: averaged,
      plan: ResamplingPlan(
        patients: plan.reals.map(\.patient), resamples: resamples, seed: seed),
      threads: work.threads)
    var summaries: [MemorizationSummary] = []
    if let embedding = work.embedding {
      let features =
        trainingStore == nil
        ? found.realEmbeddings
        : try await work.features(of: reference.images, by: embedding, "Images learned from")
      let search = MemorizationSearch(
        reference: reference, features: features, probability: probability)
      let (counted, table) = try search.run(found.embeddings, of: plan)
      try AtomicFile.write(table, to: "\(folder)/pairs.csv")
      summaries = counted
    }
    return try CheckpointComparison(
      of: plan, store: store, measures: scoring.measures, deciding: scoring.decidingMeasures(),
      scores: scores, real: real, memorization: (summaries, reference.words),
      conventions: try conventions(work, averaged), resampling: (resamples, seed),
      notes: found.notes + (try selectionNotes(work)))
  }

  /// By which networks measures were computed.
  private func conventions(
    _ work: CheckpointScoring, _ averaged: [ScoreMeasure]
  ) throws -> [String: String] {
    var words: [String: String] = [:]
    if !averaged.isEmpty {
      let names = averaged.map { $0.name.replacing("AUROC ", with: "") }
      words[ScoreMeasure.meanAUROC.name] = "of \(NumberText.list(names))"
    }
    for (index, file) in work.judges.enumerated() {
      for aspect in ModelJudge.aspects(of: file.outputs)
      where !work.judges[..<index].contains(where: {
        ModelJudge.aspects(of: $0.outputs).contains(aspect)
      }) {
        let measure: ScoreMeasure =
          switch aspect {
          case .sex: .sexAccuracy
          case .race: .raceAccuracy
          case .ageYears: .ageRMSE
          case .finding(let finding): .auroc(of: finding.name)
          }
        words[measure.name] =
          "\(file.kind) \(URL(filePath: file.path).lastPathComponent)"
          + (measure == .raceAccuracy ? ", of races that it knows" : "")
      }
    }
    words[ScoreMeasure.fid.name] = work.fid?.description
    for measure in [ScoreMeasure.pairedCosine, .promptCosine] {
      words[measure.name] = work.embedding?.description
    }
    for measure in [ScoreMeasure.pairedMSSSIM, .promptMSSSIM] {
      let side = work.store.description.preparation.side
      words[measure.name] =
        "as \(CheckpointScoring.similarity.convention.program), \(side) × \(side) pixels"
    }
    return words
  }

  /// Says which models chose the images that they now judge.
  private func selectionNotes(_ work: CheckpointScoring) throws -> [String] {
    try work.judges.flatMap { file in
      let digest = try file.sha256
      return work.plan.checkpoints.filter { $0.judges.contains { $0.digest == digest } }.map {
        "Run \($0.name) kept only what \(URL(filePath: file.path).lastPathComponent) let pass, which "
          + "also judges it here; sample without it for a score."
      }
    }
  }

  /// What there is to do.
  private func document(_ work: CheckpointScoring) throws -> ScoringDocument {
    let sets = [work.reals] + work.synthetics
    func step(_ model: String, _ kind: String) -> ScoringDocument.Step {
      .init(
        model: model, imageCount: sets.reduce(0) { $0 + $1.count },
        missingCount: sets.reduce(0) { $0 + work.cache.missingCount(kind, of: $1.digests) })
    }
    var steps = try work.judges.map { file in
      step(
        "\(file.kind) \(URL(filePath: file.path).lastPathComponent)", "values \(try file.identity)")
    }
    for file in [work.fid, work.embedding].compactMap(\.self) {
      let next = step(file.description, "features \(try file.identity)")
      if !steps.contains(where: { $0.model == next.model }) { steps.append(next) }
    }
    var undefined: [String: String] = [:]
    let columns = ScoreColumn.alignment(
      of: [], told: work.aspects, targets: [], findings: scoring.findings,
      policy: scoring.policy.labelPolicy)
    for column in columns {
      if case .undefined(let reason) = column.values, reason == "no model tells it" {
        undefined[column.measure.name] = reason
      }
    }
    if work.fid == nil { undefined[ScoreMeasure.fid.name] = "no --fid-network was given" }
    if let problem = work.similarityProblem {
      undefined[ScoreMeasure.pairedMSSSIM.name] = problem
      undefined[ScoreMeasure.promptMSSSIM.name] = problem
    }
    return ScoringDocument(
      runs: runs, promptSet: work.plan.promptSet, promptCount: work.plan.promptRows.count,
      imageCount: work.plan.rows.count, realCount: work.plan.reals.count, steps: steps,
      undefinedMeasures: undefined, notes: work.plan.notes)
  }
}
