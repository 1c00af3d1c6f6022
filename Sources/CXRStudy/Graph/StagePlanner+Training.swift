// SPDX-License-Identifier: Apache-2.0
internal import CXRCohort
internal import CXRCore

extension StagePlanner {
  /// A part of a split of a dataset, of which subsets are taken.
  private struct Part: Hashable {
    let dataset: String
    let split: String
    let part: String
  }

  /// Plans the subsets for the amounts of data of all arms: one stage for each part.
  mutating func planSubsets() {
    var parts: [(part: Part, shares: [Double], line: Int)] = []
    for arm in manifest.arms {
      let options = manifest.training.overridden(by: arm.options)
      for (option, datasets, shares) in [
        ("train", options["dataset"], arm.realShares),
        ("synthetic-train", options["synthetic"], arm.syntheticShares),
      ] where !shares.isEmpty {
        guard let words = options.value(option)?.split(separator: ":"), words.count == 2 else {
          problems.append(
            (arm.line, "arm \(arm.name) needs \(option): NAME:PART, of which shares are taken"))
          continue
        }
        for dataset in datasets {
          let part = Part(dataset: dataset, split: String(words[0]), part: String(words[1]))
          if let place = parts.firstIndex(where: { $0.part == part }) {
            parts[place].shares = (parts[place].shares + shares).distinct
          } else {
            parts.append((part, shares, arm.line))
          }
        }
      }
    }
    for (part, shares, line) in parts {
      var draft = StageDraft(
        "subsets-\(part.dataset)-\(part.split)", "split subsets", line: line)
      draft.arguments =
        [
          "--dataset", part.dataset, "--of", part.split, "--part", part.part, "--shares",
          shares.sorted().map { "\($0)" }.joined(separator: ","),
        ] + manifest.subsets.arguments + ["--replace"]
      draft.need([.dataset(part.dataset)] + splits(part.split, of: [part.dataset]))
      draft.provides = shares.map {
        .split(SubsetMaker.name(of: part.split, share: $0), of: part.dataset)
      }
      add(draft)
    }
  }

  mutating func planRuns() {
    for run in StudyRun.runs(of: manifest) {
      planClassifier(run.name, run.options, line: run.arm.line)
    }
  }

  /// Plans the classifiers by which generated images are checked and scored.
  mutating func planJudges() {
    for judge in manifest.judges {
      var options = manifest.training.overridden(by: judge.options)
      // They look at what a generator makes, so they cannot learn from it.
      for name in ["synthetic", "synthetic-store", "synthetic-train"] { options.remove(name) }
      planClassifier(judge.name, options, line: judge.line)
    }
  }

  private mutating func planClassifier(_ name: String, _ options: VerbOptions, line: Int) {
    var draft = StageDraft("train-\(name)", "train", line: line)
    let folder = layout.run(name)
    draft.arguments = ["--name", name, "--out", folder] + options.arguments + ["--replace"]
    let real = options["dataset"]
    draft.need((real + options["synthetic"]).map { .dataset($0) })
    draft.need(options["cohort"].map { .cohort($0) })
    draft.need((options["store"] + options["synthetic-store"]).map { .store($0) })
    draft.need(
      ["train", "validate"].flatMap { splits(options.value($0), of: real) }
        + splits(options.value("synthetic-train"), of: options["synthetic"]))
    draft.inputs = inputs(options, ["weights"])
    draft.provides = [.classifier(name)]
    draft.outputs = [layout.classifier(name)]
    draft.isOnGPU = true
    draft.resumption = .word("--resume", onceThereIs: "\(folder)/run.json")
    draft.ownFolders = [folder]
    add(draft)
  }

  /// The datasets that a run is used on: the test sets, and the one on which thresholds are chosen.
  private var predictedDatasets: [(dataset: String, store: String?, line: Int)] {
    var sets = manifest.tests.map { ($0.dataset, $0.store, $0.line) }
    if let thresholds = manifest.thresholds, let dataset = thresholds.value("dataset"),
      !sets.contains(where: { $0.0 == dataset })
    {
      sets.append((dataset, nil, thresholds.line))
    }
    return sets
  }

  mutating func planPredictions() {
    for run in StudyRun.runs(of: manifest) {
      let sets = predictedDatasets
      for (dataset, store, line) in sets {
        var options = manifest.prediction
        if let store = store ?? options.value("store") ?? run.options.value("store") {
          options.set("store", [store])
        }
        var draft = StageDraft("predict-\(run.name)-\(dataset)", "predict", line: line)
        draft.arguments =
          [
            "--model", run.name, "--classifier", layout.classifier(run.name), "--dataset", dataset,
          ] + options.arguments + ["--replace"]
        draft.need([.classifier(run.name), .dataset(dataset)])
        draft.need(options["store"].map { .store($0) })
        draft.need(splits(options.value("split"), of: [dataset]))
        draft.provides = [.predictions(run.name, on: dataset)]
        draft.isOnGPU = true
        add(draft)
      }
      guard let options = manifest.thresholds else { continue }
      var draft = StageDraft("thresholds-\(run.name)", "thresholds select", line: options.line)
      let chosenOn = options.value("dataset")
      draft.arguments =
        ["--model", run.name] + options.arguments
        + sets.map(\.dataset).filter { $0 != chosenOn }.flatMap { ["--for", $0] }
      // New predictions of a model take its thresholds away, so all of them come first.
      draft.need(sets.map { .predictions(run.name, on: $0.dataset) })
      draft.need(splits(options.value("split"), of: options["dataset"]))
      draft.provides = [.thresholds(run.name)]
      add(draft)
    }
  }

  mutating func planReports() {
    for table in manifest.tables {
      var draft = StageDraft("table-\(table.name)", "cohort table", line: table.line)
      let folder = layout.table(table.name)
      draft.arguments = table.options.arguments + ["--out", folder]
      draft.need(radiographs(table.options))
      draft.outputs = [folder]
      add(draft)
    }
    let runs = StudyRun.runs(of: manifest)
    guard let first = runs.first else { return }
    var curves = StageDraft("curves", "runs curves", line: first.arm.line)
    curves.arguments = manifest.arms.map(\.name) + ["--out", layout.curves]
    curves.need(manifest.arms.map { .classifier($0.name) })
    curves.outputs = [layout.curves]
    add(curves)
    planStudyReport(runs)
    guard let options = manifest.evaluation, !manifest.tests.isEmpty else { return }
    var draft = StageDraft("evaluation", "report", line: options.line)
    draft.arguments =
      manifest.tests.flatMap { ["--dataset", $0.dataset] }
      + manifest.arms.flatMap { ["--model", $0.name] }
      + manifest.tests.flatMap { test in
        test.split.map { ["--split", "\(test.dataset)=\($0)"] } ?? []
      } + options.arguments + ["--out", layout.evaluation]
    for test in manifest.tests {
      draft.need(manifest.arms.map { .predictions($0.name, on: test.dataset) })
      draft.need(splits(test.split, of: [test.dataset]), line: test.line)
    }
    if manifest.thresholds != nil { draft.need(manifest.arms.map { .thresholds($0.name) }) }
    draft.outputs = [layout.evaluation]
    draft.ownFolders = []
    add(draft)
  }
}
