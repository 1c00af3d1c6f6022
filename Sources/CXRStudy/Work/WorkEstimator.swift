// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRCore
internal import CXRReport
internal import Foundation

/// Tells how much work stages are, from their command lines and from what the catalog has so far.
///
/// What the catalog does not have yet follows from the stages that will make it: prompts from their
/// radiographs, synthetic images from their prompts, subsets from their shares.
public struct WorkEstimator {
  let stages: [Stage]
  let sizes: CatalogSizes
  let vocabulary: VerbVocabulary

  /// Prepares estimates.
  ///
  /// - Parameters:
  ///   - graph: The stages of the study.
  ///   - sizes: What the catalog has; nothing before the first stage has run.
  ///   - vocabulary: The verbs, with the values that options have by themselves.
  public init(_ graph: StageGraph, sizes: CatalogSizes, vocabulary: VerbVocabulary) {
    stages = graph.stages
    self.sizes = sizes
    self.vocabulary = vocabulary
  }

  /// How much work a stage is.
  ///
  /// - Parameter stage: A stage of the study.
  /// - Returns: The work; `nil` for stages that are done within seconds or whose work nothing tells.
  public func work(of stage: Stage) -> StageWork? {
    switch stage.verb {
    case "images build": stored(stage)
    case "prompts build": prompted(stage)
    case "diffusion train": fineTuned(stage)
    case "diffusion sample": sampled(stage)
    case "diffusion score": scored(stage)
    case "train": trained(stage)
    case "predict": predicted(stage)
    case "report": compared(stage)
    case "study report": reported(stage)
    default: nil
    }
  }

  private func stored(_ stage: Stage) -> StageWork {
    let images = radiographs(of: stage)
    let side = value("side", of: stage)
    return StageWork(
      images.text("image", ofWhat: source(of: stage))
        + (side.map { " to \($0) × \($0) pixels" } ?? ""),
      amount: images.value.map(Double.init))
  }

  private func prompted(_ stage: Stage) -> StageWork {
    let count = prompts(value("name", of: stage) ?? "")
    return StageWork(
      count.text("prompt", ofWhat: source(of: stage)), amount: count.value.map(Double.init))
  }

  private func fineTuned(_ stage: Stage) -> StageWork? {
    guard let batch = number("train-batch-size", of: stage) else { return nil }
    if let epochs = number("num-train-epochs", of: stage) {
      let name = value("prompts", of: stage) ?? ""
      let images = prompts(name)
      return StageWork(
        "\(images.text("image", ofWhat: name)) × \(NumberText.count(epochs, "epoch"))",
        amount: images.value.map { Double($0 * epochs) })
    }
    // The standard number of steps is not the argument parser's.
    guard let steps = number("max-train-steps", of: stage) else { return nil }
    return StageWork(
      "\(NumberText.count(steps, "step")) × \(NumberText.count(batch, "image"))",
      amount: Double(steps * batch))
  }

  private func sampled(_ stage: Stage) -> StageWork {
    let name = value("prompts", of: stage) ?? ""
    let images = images(madeBy: stage)
    let copies = number("copies", of: stage) ?? 1
    let steps = number("steps", of: stage)
    let attempts = number("attempts", of: stage) ?? 1
    return StageWork(
      prompts(name).text("prompt", ofWhat: name)
        + (copies > 1 ? " × \(copies) images" : "") + (steps.map { " × \($0) steps" } ?? "")
        + (attempts > 1 ? ", at most \(attempts) attempts each" : ""),
      amount: images.value.map { Double($0 * (steps ?? 1)) })
  }

  private func scored(_ stage: Stage) -> StageWork {
    let runs = stage.values(of: "run")
    let images = WorkCount.sum(
      runs.map { run in
        stages.first { $0.verb == "diffusion sample" && $0.values(of: "name") == [run] }
          .map { self.images(madeBy: $0) } ?? .unknown
      })
    return StageWork(
      images.text("image", ofWhat: NumberText.count(runs.count, "run"))
        + (images.value == nil ? "" : " of \(NumberText.count(runs.count, "run"))"),
      amount: images.value.map(Double.init))
  }

  private func trained(_ stage: Stage) -> StageWork {
    let strategy = value("strategy", of: stage) ?? "real"
    var parts: [(count: WorkCount, words: String)] = []
    if strategy != "real", !stage.values(of: "synthetic").isEmpty {
      let names = stage.values(of: "synthetic")
      let count = radiographs(
        datasets: names, cohort: nil, part: value("synthetic-train", of: stage))
      let place = (names + [value("synthetic-train", of: stage)].compactMap(\.self))
      parts.append((count, count.text("synthetic image", ofWhat: place.joined(separator: " "))))
    }
    if strategy != "synthetic" {
      let (names, part) = (stage.values(of: "dataset"), value("train", of: stage))
      let count = radiographs(datasets: names, cohort: value("cohort", of: stage), part: part)
      let place = names.joined(separator: ", ") + (part.map { " \($0)" } ?? "")
      parts.append((count, count.text("real image", ofWhat: place)))
    }
    let total = WorkCount.sum(parts.map(\.count))
    let epochs = number("epochs", of: stage)
    let words = parts.map(\.words).joined(separator: " + ")
    return StageWork(
      epochs.map {
        "\(parts.count > 1 ? "(\(words))" : words) × at most \(NumberText.count($0, "epoch"))"
      }
        ?? words,
      amount: total.value.map { Double($0 * (epochs ?? 1)) })
  }

  private func predicted(_ stage: Stage) -> StageWork {
    let datasets = stage.values(of: "dataset")
    // Only what the store has is predicted, and it has what it was made of.
    let store = stages.first {
      $0.verb == "images build"
        && $0.outputs.contains { $0.hasSuffix("/stores/\(value("store", of: stage) ?? "")") }
    }
    let count = radiographs(
      datasets: datasets, cohort: store.flatMap { value("cohort", of: $0) },
      part: value("split", of: stage))
    return StageWork(
      count.text("image", ofWhat: datasets.joined(separator: ", ")),
      amount: count.value.map(Double.init))
  }

  private func compared(_ stage: Stage) -> StageWork {
    resampled(
      sets: stage.values(of: "dataset").count, models: stage.values(of: "model").count,
      resamples: number("bootstrap", of: stage))
  }

  private func reported(_ stage: Stage) -> StageWork? {
    guard
      let text = stage.documents.first?.text,
      let index = try? JSONDecoder().decode(StudyIndex.self, from: Data(text.utf8))
    else { return nil }
    return resampled(
      sets: index.testSets.count, models: index.arms.count,
      resamples: index.statistics.resamples ?? 1000)
  }

  private func resampled(sets: Int, models: Int, resamples: Int?) -> StageWork {
    StageWork(
      "\(NumberText.count(sets, "test set")) × \(NumberText.count(models, "model"))"
        + (resamples.map { " × \(NumberText.count($0, "resample"))" } ?? ""),
      amount: Double(sets * models * max(1, resamples ?? 1)))
  }
}
