// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRCore
public import CXRImage
internal import Foundation

/// Which images of which runs are compared with which real ones.
///
///     let plan = try ScoringPlan(of: ["s5000", "s10000"], pairedWith: store, in: catalog)
///     plan.checkpoints[0].paths[3]       // an image
///     plan.reals[plan.rows[3].real]      // the radiograph that its prompt came from
///
/// All runs are made from the same prompts, as many images from each. An image that one run gave up
/// is left out of all, so that every checkpoint is scored on the same prompts and on as many images.
public struct ScoringPlan: Sendable {
  /// One image of each run.
  public struct Row: Hashable, Sendable {
    /// The prompt's position in the runs.
    public let prompt: Int
    /// The number of the image among those of its prompt.
    public let copy: Int
    /// The position of its radiograph in ``ScoringPlan/reals``.
    public let real: Int
    /// What the image is to show.
    public let target: ScoreTarget
  }

  /// A run.
  public struct Checkpoint: Hashable, Sendable {
    /// The name of the run.
    public let name: String
    /// The model that made its images.
    public let generator: ModelIdentity
    /// The models that checked them while they were made.
    public let judges: [ModelIdentity]
    /// The image of each row: the path of its file.
    public let paths: [String]
    /// The image of each row: the SHA-256 of its file.
    public let digests: [String]
    /// The images that were wanted.
    public let wantedCount: Int
    /// The images that were given up.
    public let discardedCount: Int
  }

  /// A radiograph that prompts came from.
  public struct Real: Hashable, Sendable {
    /// Its dataset.
    public let dataset: String
    /// The name of its image.
    public let imageName: String
    /// Its number in the store.
    public let storeIndex: Int
    /// Its patient, numbered from 0 by first appearance.
    public let patient: Int
    /// What is recorded of it.
    public let target: ScoreTarget
  }

  /// The prompt set.
  public let promptSet: String
  /// The runs, in the order in which they were named.
  public let checkpoints: [Checkpoint]
  /// The images of each run, by prompt and copy.
  public let rows: [Row]
  /// The radiographs that prompts came from, by first appearance in ``rows``.
  public let reals: [Real]
  /// The rows of each prompt that has one, in order.
  public let promptRows: [Range<Int>]
  /// What a reader must know: what was left out, and in what runs differ beside their model.
  public let notes: [String]

  /// The patient of each row, numbered from 0 by first appearance.
  public var patients: [Int] { rows.map { reals[$0.real].patient } }

  /// Plans.
  ///
  /// - Parameters:
  ///   - names: The names of the runs.
  ///   - store: The images of the radiographs that prompts came from.
  ///   - catalog: Where the runs are.
  /// - Throws: `CatalogError` with code `.unknownName`; ``GenerationError`` with code
  ///   `.incomparableRuns` for runs of other prompts, with other numbers of images, or that are not
  ///   finished; `.empty` if no image is left; `.noRealImage` if the store has none of the radiographs.
  /// - Precondition: There is a name.
  public init(of names: [String], pairedWith store: ImageStore, in catalog: Catalog) throws {
    precondition(!names.isEmpty, "a run at least")
    let runs = try names.map { try RunImages($0, in: catalog) }
    for other in runs.dropFirst() { try other.requireComparable(with: runs[0]) }
    var notes = RunImages.notes(on: runs)

    // What every run has.
    var common = Set(runs[0].images.keys)
    for run in runs.dropFirst() { common.formIntersection(run.images.keys) }
    guard !common.isEmpty else { throw RunImages.nothingInCommon(runs) }
    let keys = common.sorted()

    let table = try RealImages(
      datasets: Set(keys.compactMap { runs[0].images[$0]?.item.sourceDataset }), store: store,
      catalog: catalog)
    var numbers: [String: Int] = [:]
    var patients: [Int64: Int] = [:]
    var (reals, rows, kept): ([Real], [Row], [RunImages.Key]) = ([], [], [])
    var lost: Set<String> = []
    for key in keys {
      guard let item = runs[0].images[key]?.item else { continue }
      let name = "\(item.sourceDataset)/\(item.sourceImageName)"
      guard let found = table.place(of: item) else {
        lost.insert(name)
        continue
      }
      let number = numbers[name] ?? reals.count
      if number == reals.count {
        numbers[name] = number
        let patient = patients[found.patientID] ?? patients.count
        patients[found.patientID] = patient
        reals.append(
          Real(
            dataset: item.sourceDataset, imageName: item.sourceImageName,
            storeIndex: found.storeIndex, patient: patient, target: found.target))
      }
      kept.append(key)
      rows.append(
        Row(
          prompt: key.prompt, copy: key.copy, real: number,
          target: ScoreTarget(
            sex: item.sex, race: item.race, ageYears: item.ageYears.map(Double.init),
            findings: item.findings)))
    }
    guard !rows.isEmpty else {
      throw GenerationError(
        .noRealImage,
        "\(store.folder) has none of the \(NumberText.count(lost.count, "radiograph")) that the "
          + "prompts \(runs[0].info.promptSet) came from; build a store of them with cxr images build."
      )
    }
    if !lost.isEmpty {
      notes.append(
        "Left out of all: \(NumberText.count(keys.count - rows.count, "image")) of prompts from "
          + "\(NumberText.count(lost.count, "radiograph")) without an image in the store.")
    }
    promptSet = runs[0].info.promptSet
    checkpoints = runs.map { $0.checkpoint(kept) }
    self.rows = rows
    self.reals = reals
    promptRows = Self.ranges(of: rows)
    self.notes = notes
  }

  private static func ranges(of rows: [Row]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    for (index, row) in rows.enumerated() {
      if let last = ranges.last, rows[last.lowerBound].prompt == row.prompt {
        ranges[ranges.count - 1] = last.lowerBound..<index + 1
      } else {
        ranges.append(index..<index + 1)
      }
    }
    return ranges
  }
}
