// SPDX-License-Identifier: Apache-2.0
internal import CXRYAML

extension ManifestReader {
  var generators: [StudyGenerator] {
    named("generators").map { name, section in
      let base = base(section)
      let training = part("train", of: section, verb: "diffusion train")
      let checkpoints = checkpoints(section)
      if checkpoints != nil, training == nil {
        section.note("goes with train, which makes the checkpoints", at: "checkpoints")
      }
      var shardCount = 1
      var sampling = VerbOptions()
      if let fields = section.mapping("sample") {
        shardCount = fields.count("shards") ?? 1
        if !(1...1000).contains(shardCount) { fields.note("takes 1 to 1000", at: "shards") }
        sampling = options(fields, of: "diffusion sample", except: Self.ownOptions)
        fields.close()
      } else if !section.has("sample") {
        section.note("is missing; say at least sample: {prompts: NAME}", at: "sample")
      }
      let scoring = part("score", of: section, verb: "diffusion score")
      let chosenStep = section.count("checkpoint")
      if chosenStep != nil, training == nil {
        section.note("goes with train, which makes the checkpoints", at: "checkpoint")
      }
      let dataset = section.text("dataset") ?? name
      let title = section.text("title") ?? name
      let publishedName = section.text("published")
      section.close()
      return StudyGenerator(
        name: name, line: section.line, title: title, publishedName: publishedName, base: base,
        training: training, checkpoints: checkpoints,
        chosenStep: chosenStep, sampling: sampling, scoring: scoring, shardCount: shardCount,
        dataset: dataset)
    }
  }

  /// Options that a study sets itself.
  private static let ownOptions: Set = ["name", "model", "out", "shard", "run"]

  private func part(_ key: String, of section: YAMLMapping, verb: String) -> VerbOptions? {
    guard let fields = section.mapping(key) else { return nil }
    defer { fields.close() }
    return options(fields, of: verb, except: Self.ownOptions)
  }

  private func checkpoints(_ section: YAMLMapping) -> StudyGenerator.Checkpoints? {
    guard let fields = section.mapping("checkpoints") else { return nil }
    defer { fields.close() }
    let steps = fields.counts("steps")
    if steps.isEmpty || steps != Set(steps).sorted() || steps.contains(where: { $0 < 1 }) {
      fields.note("takes the steps in ascending order, such as [5000, 10000]", at: "steps")
    }
    for key in ["sample", "score"] where !fields.has(key) {
      fields.note("is missing; every checkpoint is sampled and scored", at: key)
    }
    return StudyGenerator.Checkpoints(
      steps: steps,
      sampling: part("sample", of: fields, verb: "diffusion sample") ?? VerbOptions(),
      scoring: part("score", of: fields, verb: "diffusion score") ?? VerbOptions())
  }

  private func base(_ section: YAMLMapping) -> StudyGenerator.Base {
    if section.has("init") {
      if section.has("model") { section.note("goes without model; choose one", at: "init") }
      return .initial(part("init", of: section, verb: "diffusion init") ?? VerbOptions())
    }
    return .folder(
      section.requiredText("model", remedy: "name the folder of a model, or write init: {…}"))
  }

  var populations: [StudyPopulation] {
    fields.mappings("populations").map { section in
      defer { section.close() }
      let dataset = section.requiredText("dataset", remedy: "name the dataset that is counted")
      return StudyPopulation(
        title: section.text("title") ?? dataset, line: section.line, dataset: dataset,
        cohort: section.text("cohort"), split: section.text("split"), view: section.text("view"))
    }
  }
}
