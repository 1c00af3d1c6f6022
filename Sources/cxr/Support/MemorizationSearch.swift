// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRClassifier
import CXRCore
import CXRFiles
import CXRGeneration
import CXRImage
import CXRStatistics

/// Searches real images for those that synthetic ones are nearest to.
struct MemorizationSearch {
  /// The real images that are searched.
  struct Reference {
    /// What they are, in words.
    let words: String
    /// Their pixels.
    let images: ImageSet
    /// Their names: dataset and image name.
    let names: [(dataset: String, imageName: String)]
    /// Their patients, numbered from 0.
    let patients: [Int]
    /// The position of the radiograph of each row's prompt among them; `nil` if they are others.
    let sources: [Int]?
  }

  let reference: Reference
  /// The features of the reference, row by row.
  let features: [Float]
  let probability: Double

  /// The radiographs that prompts came from.
  static func reference(pairedBy plan: ScoringPlan, store: ImageStore) -> Reference {
    Reference(
      words: "the radiographs that prompts came from",
      images: ImageSet(plan.reals.map(\.storeIndex), of: store),
      names: plan.reals.map { ($0.dataset, $0.imageName) }, patients: plan.reals.map(\.patient),
      sources: plan.rows.map(\.real))
  }

  /// The radiographs of a store, such as those that a generator learned from.
  ///
  /// - Throws: `CatalogError` for an unknown store, split or part; `TrainingDataError` if none is left.
  static func reference(
    store name: String, part: SplitPart?, in catalog: Catalog
  ) throws -> Reference {
    let store = try ImageStore(folder: catalog.imageStore(name).folder)
    var selection = ImageSelection(
      datasets: Set(store.radiographs.map(\.dataset)).sorted(), policy: .uIgnore)
    selection.part = part.map { .init(split: $0.split, part: $0.part) }
    let images = try LabelledImages(selection, of: catalog, in: store)
    var numbers: [Int64: Int] = [:]
    let patients = images.patientIDs.map { id in
      let number = numbers[id] ?? numbers.count
      numbers[id] = number
      return number
    }
    return Reference(
      words: "\(NumberText.count(images.count, "radiograph")) of store \(name)"
        + (part.map { ", split \($0)" } ?? ""),
      images: ImageSet(images.pixelIndices, of: store),
      names: images.pixelIndices.map {
        (store.radiographs[$0].dataset, store.radiographs[$0].imageName)
      }, patients: patients, sources: nil)
  }

  /// Searches for the images of each checkpoint.
  ///
  /// - Parameters:
  ///   - embeddings: The features of the images of each checkpoint.
  ///   - plan: The checkpoints.
  /// - Returns: What was found, and a line of CSV for each synthetic image.
  /// - Throws: `GenerationError` if all real images are of one patient; `StatisticsError` for features
  ///   that are all zero.
  func run(
    _ embeddings: [[Float]], of plan: ScoringPlan
  ) throws -> (summaries: [MemorizationSummary], table: [UInt8]) {
    let dimensions = features.count / reference.images.count
    let real = try UnitVectors(features, dimensions: dimensions)
    var table = CSVWriter(
      header: [
        "checkpoint", "prompt", "copy", "image", "realDataset", "realImage", "cosine",
        "beyondLimit",
      ])
    let summaries = try zip(plan.checkpoints, embeddings).map { checkpoint, rows in
      let check = try MemorizationCheck(
        synthetic: UnitVectors(rows, dimensions: dimensions), real: real,
        patients: reference.patients, probability: probability)
      for pair in check.pairs {
        let row = plan.rows[pair.synthetic]
        let name = reference.names[pair.real]
        table.append([
          checkpoint.name, "\(row.prompt)", "\(row.copy)", checkpoint.paths[pair.synthetic],
          name.dataset, name.imageName, "\(pair.cosine)", "\(pair.cosine > check.limit)",
        ])
      }
      return MemorizationSummary(check, of: checkpoint.name, sources: reference.sources)
    }
    return (summaries, table.bytes)
  }
}
