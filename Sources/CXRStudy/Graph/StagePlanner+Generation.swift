// SPDX-License-Identifier: Apache-2.0

extension StagePlanner {
  mutating func planGenerators() {
    for generator in manifest.generators {
      let model = planModel(generator)
      planSampling(generator, model: model)
    }
  }

  /// Plans how a model is made.
  ///
  /// - Returns: The folder of the model that samples.
  private mutating func planModel(_ generator: StudyGenerator) -> String {
    let name = generator.name
    let resource = Resource.generatorModel(name)
    let model: String
    switch generator.base {
    case .folder(let folder): model = folder
    case .initial(let options):
      model = layout.generator(name, "initial")
      var draft = StageDraft("generator-\(name)-init", "diffusion init", line: options.line)
      draft.arguments = ["--out", model] + options.arguments
      draft.provides = generator.training == nil ? [resource] : [.generatorModel("\(name) initial")]
      draft.outputs = [model]
      draft.ownFolders = [model]
      draft.resumption = .anew
      add(draft)
    }
    return model
  }

  /// Plans how images are made and entered.
  private mutating func planSampling(_ generator: StudyGenerator, model: String) {
    let name = generator.name
    let options = generator.sampling
    let folder = layout.generator(name, "images")
    var draft = StageDraft("sample-\(name)", "diffusion sample", line: options.line)
    draft.arguments =
      ["--name", name, "--model", model, "--out", folder] + options.arguments + ["--replace"]
    draft.need(options["prompts"].map { .prompts($0) })
    draft.inputs = inputs(options, ["sex-model", "race-model", "age-model", "classifier"])
    if generator.training == nil, case .folder = generator.base {
      draft.inputs.insert(.path(model), at: 0)
    } else {
      draft.need([.generatorModel(name)])
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

    var enter = StageDraft("enter-\(name)", "diffusion enter", line: generator.line)
    enter.arguments = [name, "--as", generator.dataset, "--replace"]
    enter.need([.generatedImages(name)])
    enter.provides = [.dataset(generator.dataset)]
    add(enter)
  }
}
