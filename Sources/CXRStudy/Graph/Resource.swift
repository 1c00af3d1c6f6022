// SPDX-License-Identifier: Apache-2.0

/// Something that a stage makes and others need.
enum Resource: Hashable, Sendable {
  case phantom(String)
  case dataset(String)
  case cohort(String)
  case split(String, of: String)
  case store(String)
  case prompts(String)
  case generatorModel(String)
  case generatedImages(String)
  case scores(String)
  case classifier(String)
  case predictions(String, on: String)
  case thresholds(String)

  /// What it is, without its name.
  var kind: String {
    switch self {
    case .phantom: "phantom"
    case .dataset: "dataset"
    case .cohort: "cohort"
    case .split(_, let dataset): "split of \(dataset)"
    case .store: "store"
    case .prompts: "prompt set"
    case .generatorModel, .generatedImages, .scores: "generator"
    case .classifier, .thresholds: "arm"
    case .predictions: "test set"
    }
  }

  /// Its name.
  var name: String {
    switch self {
    case .phantom(let name), .dataset(let name), .cohort(let name), .split(let name, _),
      .store(let name), .prompts(let name), .generatorModel(let name), .generatedImages(let name),
      .scores(let name), .classifier(let name), .predictions(let name, _), .thresholds(let name):
      name
    }
  }
}
