// SPDX-License-Identifier: Apache-2.0

extension StagePlanner {
  /// The networks that options of sampling and scoring name, beside the model itself.
  private static let networkFiles = [
    "sex-model", "race-model", "age-model", "classifier", "fid-network", "embedding-network",
  ]

  mutating func planGenerators() {
    for generator in manifest.generators {
      let base = planBase(generator)
      planTraining(generator, base: base)
      planCheckpoints(generator)
      planSampling(generator, base: base)
    }
  }

  /// Takes networks that the study trains by their names, and others as files.
  private func judging(_ options: VerbOptions, in draft: inout StageDraft) -> VerbOptions {
    let names = Set(manifest.judges.map(\.name))
    var options = options
    for option in Self.networkFiles where !options[option].isEmpty {
      let networks = options[option]
      draft.need(networks.filter(names.contains).map { .classifier($0) })
      draft.inputs += networks.filter { !names.contains($0) }.map { .path($0) }
      options.set(option, networks.map { names.contains($0) ? layout.classifier($0) : $0 })
    }
    return options
  }

  /// What options say about prompts, stores and splits of the study.
  private func named(by options: VerbOptions) -> [Resource] {
    let datasets = manifest.datasets.map(\.name)
    let prompts = ["prompts", "validation-prompts", "class-prompts"].flatMap { options[$0] }
    let stores = ["store", "training-store", "class-store"].flatMap { options[$0] }
    return prompts.map { .prompts($0) } + stores.map { .store($0) }
      + splits(options.value("training-split"), of: datasets)
  }

  /// Plans a model with random weights, if there is one.
  ///
  /// - Returns: The folder of the model that training begins with.
  private mutating func planBase(_ generator: StudyGenerator) -> String {
    guard case .initial(let options) = generator.base else {
      guard case .folder(let folder) = generator.base else { return "" }
      return folder
    }
    let folder = layout.generator(generator.name, "initial")
    var draft = StageDraft("init-\(generator.name)", "diffusion init", line: options.line)
    draft.arguments = ["--out", folder] + options.arguments
    draft.need(named(by: options))
    draft.provides = [.generatorModel("\(generator.name), initial")]
    draft.outputs = [folder]
    draft.ownFolders = [folder]
    draft.resumption = .anew
    add(draft)
    return folder
  }

  /// What a stage needs to read the model that training begins with.
  private func requireBase(_ generator: StudyGenerator, _ base: String, in draft: inout StageDraft)
  {
    switch generator.base {
    case .folder: draft.inputs.insert(.path(base), at: 0)
    case .initial: draft.need([.generatorModel("\(generator.name), initial")])
    }
  }

  private mutating func planTraining(_ generator: StudyGenerator, base: String) {
    guard let options = generator.training else { return }
    requireModels(of: generator, options)
    let folder = layout.generator(generator.name, "run")
    var draft = StageDraft("finetune-\(generator.name)", "diffusion train", line: options.line)
    draft.arguments =
      ["--name", generator.name, "--model", base, "--out", folder] + options.arguments
      + ["--replace"]
    draft.need(named(by: options))
    requireBase(generator, base, in: &draft)
    draft.provides = [.generatorModel(generator.name)]
    draft.outputs = ["\(folder)/model"]
    draft.isOnGPU = true
    draft.resumption = .word("--resume", onceThereIs: "\(folder)/run.json")
    draft.ownFolders = [folder]
    add(draft)
  }

  /// The folder of the model after a step of the training.
  private func model(_ generator: StudyGenerator, step: Int?) -> String {
    let folder = layout.generator(generator.name, "run")
    // A last step that model-steps does not divide gives the model of the whole training alone.
    guard let step, isModelKept(after: step, generator) else { return "\(folder)/model" }
    let digits = "\(step)"
    return "\(folder)/models/step-" + String(repeating: "0", count: max(0, 6 - digits.count))
      + digits
  }

  /// Plans images of every checkpoint, and what they are worth.
  private mutating func planCheckpoints(_ generator: StudyGenerator) {
    guard let checkpoints = generator.checkpoints else { return }
    var runs: [String] = []
    for step in checkpoints.steps {
      let run = "\(generator.name)-step-\(step)"
      runs.append(run)
      let options = checkpoints.sampling
      let folder = layout.generator(generator.name, "step-\(step)")
      var draft = StageDraft("sample-\(run)", "diffusion sample", line: options.line)
      draft.arguments =
        ["--name", run, "--model", model(generator, step: step), "--out", folder]
        + judging(options, in: &draft).arguments + ["--replace"]
      draft.need([.generatorModel(generator.name)] + named(by: options))
      draft.provides = [.generatedImages(run)]
      draft.outputs = [folder]
      draft.isOnGPU = true
      add(draft)
    }
    planScore(
      generator, "checkpoints-\(generator.name)", runs: runs, checkpoints.scoring,
      to: layout.generator(generator.name, "checkpoints"))
  }

  /// Whether training keeps the model of a step among those of steps.
  private func isModelKept(after step: Int, _ generator: StudyGenerator) -> Bool {
    let interval = generator.training?.value("model-steps").flatMap { Int($0) } ?? 0
    return interval > 0 && step.isMultiple(of: interval)
  }

  /// Notes the steps after which training keeps no model.
  private mutating func requireModels(of generator: StudyGenerator, _ training: VerbOptions) {
    let steps = (generator.checkpoints?.steps ?? []) + [generator.chosenStep].compactMap(\.self)
    guard !steps.isEmpty else { return }
    guard let last = training.value("max-train-steps").flatMap({ Int($0) }) else {
      problems.append(
        (training.line, "say max-train-steps, which tells what steps there are"))
      return
    }
    for step in Set(steps).sorted() where step != last {
      if step > last {
        problems.append(
          (training.line, "step \(step) is never reached; training ends with step \(last)"))
      } else if !isModelKept(after: step, generator) {
        problems.append(
          (
            training.line,
            "no model is kept after step \(step); set model-steps to a number that divides it"
          ))
      }
    }
  }

  private mutating func planScore(
    _ generator: StudyGenerator, _ name: String, runs: [String], _ options: VerbOptions,
    to folder: String
  ) {
    var draft = StageDraft(name, "diffusion score", line: options.line)
    draft.arguments =
      runs.flatMap { ["--run", $0] } + judging(options, in: &draft).arguments + ["--out", folder]
    draft.need(runs.map { .generatedImages($0) } + named(by: options))
    draft.provides = [.scores(name)]
    draft.outputs = [folder]
    draft.ownFolders = [folder]
    draft.isOnGPU = true
    add(draft)
  }

  /// Plans how images are made, counted, scored and entered.
  private mutating func planSampling(_ generator: StudyGenerator, base: String) {
    let name = generator.name
    let options = generator.sampling
    let folder = layout.generator(name, "images")
    var draft = StageDraft("sample-\(name)", "diffusion sample", line: options.line)
    let isTrained = generator.training != nil
    let model = isTrained ? model(generator, step: generator.chosenStep) : base
    draft.arguments =
      ["--name", name, "--model", model, "--out", folder]
      + judging(options, in: &draft).arguments + ["--replace"]
    draft.need(named(by: options))
    if isTrained {
      draft.need([.generatorModel(name)])
    } else {
      requireBase(generator, base, in: &draft)
    }
    draft.provides = [.generatedImages(name)]
    draft.outputs = [folder]
    draft.isOnGPU = true
    draft.shardCount = generator.shardCount
    add(draft)

    var yield = StageDraft("yield-\(name)", "diffusion yield", line: options.line)
    let counts = layout.generator(name, "yield")
    yield.arguments = [name, "--out", counts]
    yield.need([.generatedImages(name)])
    yield.outputs = [counts]
    add(yield)

    if let scoring = generator.scoring {
      planScore(
        generator, "score-\(name)", runs: [name], scoring, to: layout.generator(name, "score"))
    }

    var enter = StageDraft("enter-\(name)", "diffusion enter", line: generator.line)
    enter.arguments = [name, "--as", generator.dataset, "--replace"]
    enter.need([.generatedImages(name)])
    enter.provides = [.dataset(generator.dataset)]
    add(enter)
  }
}
