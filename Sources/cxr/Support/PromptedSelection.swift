// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCohort
import CXRCore
import CXRDiffusion
import CXRImage
import CXRTraining
import Foundation

/// The pairs of image and prompt that a prompt set makes with an image store.
struct PromptedSelection {
  /// The pairs, one for each image, in the order of the prompts.
  let images: PromptedImages
  /// The patients of the images, by their ids in the catalog.
  let patientIDs: Set<Int64>
  /// How many prompts there are, and what became of them.
  let tally: String

  /// Looks up where the radiographs of prompts have their images.
  ///
  /// - Parameters:
  ///   - set: The name of the prompt set, whose prompts say what radiographs show.
  ///   - catalog: The catalog.
  ///   - store: The images.
  ///   - limit: The most images, drawn at random; `nil` for all.
  ///   - seed: Decides over the draw.
  /// - Throws: `CatalogError` with code `.unknownName`; `TrainingDataError` with code
  ///   `.unfitSources` for prompts with other demographics than the patient's, `.noImages` if no
  ///   radiograph has an image.
  init(
    _ set: String, of catalog: Catalog, in store: ImageStore, limit: Int? = nil, seed: UInt64 = 0
  ) throws {
    let plan = try JSONDecoder().decode(
      PromptPlan.self, from: Data(try catalog.promptSet(set).optionsJSON.utf8))
    guard plan.images == .source else {
      throw TrainingDataError(
        .unfitSources,
        "The prompts \(set) ask for other sexes, races or ages than the patients', so they do not "
          + "say what the images show; build prompts without --balanced and --age-jitter.")
    }
    var places: [Key: Int] = [:]
    for (index, radiograph) in store.radiographs.enumerated() {
      places[Key(dataset: radiograph.dataset, imageName: radiograph.imageName)] = index
    }
    var pairs: [Pair] = []
    var seen: Set<Int64> = []
    var (promptCount, missingCount, repeatedCount) = (0, 0, 0)
    try catalog.forEachPrompt(of: set) { stored in
      promptCount += 1
      let key = Key(dataset: stored.dataset, imageName: stored.imageName)
      if let index = places[key] {
        if seen.insert(stored.prompt.radiographID).inserted {
          pairs.append(
            Pair(
              prompt: stored.prompt.text, dataset: stored.dataset,
              radiographID: stored.prompt.radiographID, index: index))
        } else {
          repeatedCount += 1
        }
      } else {
        missingCount += 1
      }
      return true
    }
    guard !pairs.isEmpty else {
      throw TrainingDataError(
        .noImages,
        "None of the radiographs of the prompts \(set) has an image in \(store.folder); build a "
          + "store of them with `cxr images build`.")
    }
    if let limit, limit < pairs.count {
      let stream = RandomStream(seed: seed, purpose: "finetune.images", index: 0)
      let kept = Array(pairs.indices).shuffled(by: stream, prefix: limit).sorted()
      pairs = kept.map { pairs[$0] }
    }
    images = try PromptedImages(
      prompts: pairs.map(\.prompt), pixelIndices: pairs.map(\.index), pixels: store)
    patientIDs = try Self.patientIDs(of: pairs, in: catalog)
    tally =
      "\(NumberText.count(promptCount, "prompt")) of \(set), "
      + "\(NumberText.count(pairs.count, "image")) used, \(NumberText.count(missingCount)) not in the "
      + "store"
      + (repeatedCount > 0
        ? ", \(NumberText.count(repeatedCount)) further of the same images left out" : "")
  }

  /// Refuses images of patients that are learned from, too.
  ///
  /// - Throws: `TrainingDataError` with code `.sharedPatient`.
  func requireOtherPatients(than other: PromptedSelection) throws(TrainingDataError) {
    let shared = patientIDs.intersection(other.patientIDs).count
    guard shared == 0 else {
      throw TrainingDataError(
        .sharedPatient,
        "\(NumberText.count(shared, "patient")) to validate on would be learned from, too; build "
          + "the two prompt sets from two parts of a split.")
    }
  }

  private struct Key: Hashable {
    let dataset: String
    let imageName: String
  }

  private struct Pair {
    let prompt: String
    let dataset: String
    let radiographID: Int64
    let index: Int
  }

  private static func patientIDs(of pairs: [Pair], in catalog: Catalog) throws -> Set<Int64> {
    let table = try catalog.radiographs(of: Set(pairs.map(\.dataset)).sorted())
    let wanted = Set(pairs.map(\.radiographID))
    return Set(
      table.ids.indices.filter { wanted.contains(table.ids[$0]) }.map { table.patientIDs[$0] })
  }
}
