// SPDX-License-Identifier: Apache-2.0
internal import CXRClassifier
internal import CXRCohort
internal import CXRCore
internal import CXRReport

extension StudyIndex {
  /// What a study will have made, once all its stages are done.
  ///
  /// - Precondition: The study has an arm.
  init(_ manifest: StudyManifest, runs: [StudyRun], options: VerbOptions) {
    let view = options.value("view").flatMap(Self.view)
    let testSets = manifest.tests.map { test in
      let part = Self.part(test.split)
      let isOwn = manifest.training["dataset"].contains(test.dataset)
      return TestSet(
        dataset: test.dataset, label: test.title, role: isOwn ? .inDistribution : .external,
        split: part.split, part: part.part, view: view, groups: test.groups ?? options["group"],
        publishedAs: test.publishedName)
    }
    self.init(
      name: manifest.name, title: options.value("title") ?? manifest.title,
      publication: manifest.publication, labels: Self.labels(options), arms: runs.map(Arm.init),
      baseArm: runs[0].name, testSets: testSets, statistics: Statistics(options))
    statistics.threshold = manifest.threshold
    flows = manifest.cohorts.map(\.definition.name)
    if !manifest.populations.isEmpty {
      populations = manifest.populations.map { population in
        let part = Self.part(population.split)
        return Population(
          label: population.title, dataset: population.dataset, cohort: population.cohort,
          split: part.split, part: part.part, view: population.view.flatMap(Self.view))
      }
    }
    generationRuns = manifest.generators.filter(\.canReject).map(\.name)
    let scored = manifest.generators.filter { $0.scoring != nil }
    if !scored.isEmpty {
      generationScores = scored.map { "generators/\($0.name)/score/score.json" }
    }
    checkpoints = manifest.generators.first { $0.checkpoints != nil }.map { generator in
      Checkpoints(
        path: "generators/\(generator.name)/checkpoints/score.json",
        chosen: generator.chosenStep.map { "\(generator.name)-step-\($0)" })
    }
    let measured = manifest.generators.filter { $0.scoring?.has("fid-network") == true }
    distances =
      measured.isEmpty
      ? nil
      : measured.map { generator in
        Distance(
          label: generator.title, metric: "FID",
          path: "generators/\(generator.name)/score/score.json",
          publishedAs: generator.publishedName)
      }
  }

  /// The labels by name, for words that stand for several.
  private static func labels(_ options: VerbOptions) -> [String] {
    switch options.value("labels") {
    case nil, "eight": Finding.evaluationEight.map(\.name)
    case "fourteen": Finding.allCases.map(\.name)
    case let names?:
      names.split(separator: ",").map { name in
        let trimmed = String(name.trimmingPrefix { $0 == " " })
        return Finding(name: trimmed)?.name ?? trimmed
      }
    }
  }

  private static func part(_ text: String?) -> (split: String?, part: String?) {
    let words = (text ?? "").split(separator: ":").map(String.init)
    return words.count == 2 ? (words[0], words[1]) : (nil, nil)
  }

  /// The name of a view as the catalog has it.
  private static func view(_ text: String) -> View? {
    let name = text.replacing("-", with: " ").lowercased()
    return View.allCases.first { $0.rawValue.lowercased() == name }
  }
}

extension StudyIndex.Arm {
  /// What a run is, by the words of its strategy.
  fileprivate init(_ run: StudyRun) {
    var real = Self.amount(of: .real, in: run)
    var synthetic = Self.amount(of: .synthetic, in: run)
    switch run.amount {
    case .all, .seed: break
    case .realShare(let share): real = (share, nil)
    case .syntheticShare(let share): synthetic = (share, nil)
    }
    self.init(
      name: run.name, strategy: run.arm.publishedName ?? run.arm.name, label: run.arm.title,
      model: run.name, isHeadline: run.amount == .all, realShare: real.share,
      realCount: real.count, syntheticShare: synthetic.share, syntheticCount: synthetic.count,
      seed: run.options.value("seed").flatMap { UInt64($0) }, trainingRun: run.name,
      publishedAs: run.amount == .all ? run.arm.publishedName : nil)
  }

  /// How much of a source a run takes: the most that a stage of its strategy does, as a share or, where
  /// the strategy says it so, as a number of images.
  private static func amount(
    of source: TrainingSource, in run: StudyRun
  ) -> (share: Double?, count: Int?) {
    let words = run.options.value("strategy") ?? "real"
    // What is no strategy is told by the verb.
    guard let strategy = try? TrainingStrategy(words) else { return (nil, nil) }
    let amounts = strategy.stages.map { $0.mix.amount(of: source) }
    if amounts.contains(.all) { return (1, nil) }
    let counts = amounts.compactMap { if case .count(let count) = $0 { count } else { nil } }
    if let count = counts.max() { return (nil, count) }
    let shares = amounts.compactMap { if case .share(let share) = $0 { share } else { nil } }
    return shares.max().map { ($0, nil) } ?? (0, 0)
  }
}

extension StudyIndex.Statistics {
  /// The options of `cxr report` that say how intervals and tests are made.
  fileprivate init(_ options: VerbOptions) {
    self.init()
    let count = { (name: String) in options.value(name).flatMap { Int($0) } }
    resamples = count("bootstrap")
    permutations = count("permutations")
    seed = options.value("seed").flatMap { UInt64($0) }
    unit = options.value("unit")
    policy = options.value("policy")
    interval = options.value("interval")
    undefined = options.value("undefined")
    adjustment = options.value("adjust")
    ageBins = options.value("age-bins")?.split(separator: ",").compactMap { Double($0) }
    minimumGroup = count("min-group")
    minimumCell = count("min-cell")
    suppressBelow = count("suppress-below")
  }
}
