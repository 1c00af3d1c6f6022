// SPDX-License-Identifier: Apache-2.0
internal import CXRCohort

extension StagePlanner {
  mutating func planPhantoms() {
    for phantom in manifest.phantoms {
      var draft = StageDraft("phantom-\(phantom.name)", "phantom", line: phantom.line)
      let folder = layout.phantom(phantom.name)
      draft.arguments = ["--out", folder] + phantom.options.arguments
      draft.provides = [.phantom(phantom.name)]
      draft.outputs = [folder]
      draft.ownFolders = [folder]
      draft.resumption = .anew
      add(draft)
    }
  }

  /// The folder of a dataset's files.
  func root(of dataset: StudyDataset) -> String {
    switch dataset.origin {
    case .folder(let folder): folder
    case .phantom(let name): "\(layout.phantom(name))/\(dataset.descriptor)"
    }
  }

  mutating func planDatasets() {
    for dataset in manifest.datasets {
      var draft = StageDraft("ingest-\(dataset.name)", "ingest", line: dataset.line)
      let root = root(of: dataset)
      if let file = dataset.manifest {
        draft.arguments = ["--manifest", file]
        draft.inputs = [.path(file)]
      } else {
        draft.arguments = [dataset.descriptor]
      }
      if dataset.manifest != nil || dataset.name != dataset.descriptor {
        draft.arguments += ["--dataset", dataset.name]
      }
      draft.arguments += ["--root", root] + dataset.options.arguments + ["--replace"]
      switch dataset.origin {
      case .phantom(let name): draft.need([.phantom(name)])
      case .folder:
        draft.inputs.append(
          .dataset(
            StageInput.DatasetFiles(
              descriptor: dataset.descriptor, manifest: dataset.manifest,
              choices: dataset.options["set"], tables: dataset.options["table"], root: root)))
      }
      draft.provides = [.dataset(dataset.name)]
      add(draft)
    }
  }

  mutating func planCohorts() {
    for (line, definition) in manifest.cohorts {
      var draft = StageDraft("cohort-\(definition.name)", "cohort create", line: line)
      let file = layout.cohort(definition.name)
      draft.arguments = [definition.name, "--from", file, "--replace"]
      draft.documents = [Stage.Document(path: file, text: definition.canonicalText)]
      draft.need(definition.sources.map { .dataset($0.dataset) })
      for source in definition.sources {
        if let split = source.criteria.split, split.name != "official" {
          draft.need([.split(split.name, of: source.dataset)])
        }
      }
      draft.provides = [.cohort(definition.name)]
      add(draft)

      var flow = StageDraft("flow-\(definition.name)", "cohort flow", line: line)
      flow.arguments = [definition.name, "--out", layout.flow(definition.name)]
      flow.need([.cohort(definition.name)])
      flow.outputs = [layout.flow(definition.name)]
      add(flow)
    }
  }

  mutating func planSplits() {
    for split in manifest.splits {
      let isImported =
        !split.tables.isEmpty
        || split.options.has("part")
          && !split.options.has("method")
      var draft = StageDraft(
        "split-\(split.dataset)-\(split.name)", isImported ? "split import" : "split create",
        line: split.line)
      draft.arguments =
        split.tables + ["--dataset", split.dataset, "--name", split.name] + split.options.arguments
        + ["--replace"]
      if isImported {
        let files = split.options["part"].compactMap {
          $0.split(separator: "=", maxSplits: 1).last.map(String.init)
        }
        draft.inputs = (split.tables + files).map { .path($0) }
      }
      draft.need([.dataset(split.dataset)] + split.options["cohort"].map { .cohort($0) })
      draft.provides = [.split(split.name, of: split.dataset)]
      add(draft)
    }
  }

  mutating func planPrompts() {
    for prompts in manifest.prompts {
      var draft = StageDraft("prompts-\(prompts.name)", "prompts build", line: prompts.line)
      draft.arguments = ["--name", prompts.name] + prompts.options.arguments + ["--replace"]
      draft.need(radiographs(prompts.options))
      draft.inputs = inputs(prompts.options, ["tokenizer"])
      draft.provides = [.prompts(prompts.name)]
      add(draft)
    }
  }

  mutating func planStores() {
    for store in manifest.stores {
      var draft = StageDraft("store-\(store.name)", "images build", line: store.line)
      let folder = layout.store(store.name)
      draft.arguments = ["--out", folder] + store.options.arguments
      for name in datasets(of: store.options) {
        if let dataset = manifest.datasets.first(where: { $0.name == name }) {
          draft.arguments += ["--root", "\(name)=\(root(of: dataset))"]
        } else if let generator = manifest.generators.first(where: { $0.dataset == name }) {
          draft.arguments += ["--root", "\(name)=\(layout.generator(generator.name, "images"))"]
        }
      }
      draft.arguments.append("--replace")
      draft.need(radiographs(store.options))
      draft.provides = [.store(store.name)]
      draft.outputs = [folder]
      draft.ownFolders = [folder]
      add(draft)
    }
  }
}
