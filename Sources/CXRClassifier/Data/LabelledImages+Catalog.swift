// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRCore
public import CXRImage
internal import CXRTraining

extension LabelledImages {
  /// Looks up what a catalog selects and where its images lie.
  ///
  /// Radiographs without an image are left out and counted in ``tally``.
  ///
  /// - Parameters:
  ///   - selection: Which radiographs, and what becomes of their labels.
  ///   - catalog: The catalog.
  ///   - store: The images.
  /// - Throws: `CatalogError` with code `.unknownName` for an unknown dataset, cohort, split or
  ///   part; `TrainingDataError` with code `.repeatedImage` for a dataset or a stored radiograph
  ///   that occurs twice, `.noImages` when nothing is left.
  /// - Complexity: O(*n* log *n*) for the *n* radiographs of the catalog and of the store.
  public init(
    _ selection: ImageSelection, of catalog: Catalog, in store: ImageStore
  ) throws {
    guard Set(selection.datasets).count == selection.datasets.count else {
      throw TrainingDataError(.repeatedImage, "A dataset is named twice; name each once.")
    }
    let places = try Self.places(in: store)
    let members = try selection.cohort.map { Set(try catalog.radiographIDs(cohort: $0)) }
    let table = try catalog.radiographs(
      of: selection.datasets, including: [.imageNames, .findings])
    var tally = ImageTally(selected: 0)
    var found: [(row: Int, image: Int)] = []
    for (dataset, rows) in zip(table.datasets, table.rowRanges) {
      let part = try selection.part.map { Set(try catalog.ids(of: $0, dataset: dataset)) }
      for row in rows
      where members?.contains(table.ids[row]) ?? true && part?.contains(table.ids[row]) ?? true {
        tally.selected += 1
        switch places[StoreKey(dataset: dataset, imageName: table.imageNames[row])] {
        case .image(let image): found.append((row, image))
        case .problem(let reason): tally.undecodable[reason, default: 0] += 1
        case nil: tally.notInStore += 1
        }
      }
    }
    guard !found.isEmpty else {
      throw TrainingDataError(
        .noImages,
        tally.selected == 0
          ? "The selection has no radiograph; choose another cohort or part."
          : "None of the selected radiographs has an image in \(store.folder); build a store of "
            + "them with `cxr images build`.")
    }
    found.sort { table.ids[$0.row] < table.ids[$1.row] }
    try self.init(
      labels: selection.labels, radiographIDs: found.map { table.ids[$0.row] },
      patientIDs: found.map { table.patientIDs[$0.row] }, pixelIndices: found.map(\.image),
      targets: found.flatMap { Self.targets(at: $0.row, of: table, selection) },
      pixels: store, tally: tally)
  }

  /// What a policy makes of the states of one radiograph, and what is recorded of the patient.
  private static func targets(
    at row: Int, of table: RadiographTable, _ selection: ImageSelection
  ) -> [UInt8] {
    let states = table.findings[row]
    return selection.labels.map { label in
      let target: Bool? =
        switch label {
        case .finding(let finding):
          selection.policy.target(
            for: states[finding], of: finding, noFinding: states[.noFinding])
        case .sex(let sex): table.sexes[row].map { $0 == sex }
        case .race(let race): table.races[row].map { $0 == race }
        }
      return target.map { $0 ? 1 : 0 } ?? ignored
    }
  }

  private struct StoreKey: Hashable {
    let dataset: String
    let imageName: String
  }

  private enum StorePlace {
    case image(Int)
    case problem(String)
  }

  private static func places(in store: ImageStore) throws -> [StoreKey: StorePlace] {
    var places: [StoreKey: StorePlace] = [:]
    places.reserveCapacity(store.radiographs.count + store.failures.count)
    func enter(_ radiograph: StoredRadiograph, _ place: StorePlace) throws {
      let key = StoreKey(dataset: radiograph.dataset, imageName: radiograph.imageName)
      guard places.updateValue(place, forKey: key) == nil else {
        throw TrainingDataError(
          .repeatedImage,
          "\(store.folder)/index.csv lists a radiograph of \(radiograph.dataset) twice; build the "
            + "store again.")
      }
    }
    for (index, radiograph) in store.radiographs.enumerated() {
      try enter(radiograph, .image(index))
    }
    for radiograph in store.failures {
      try enter(radiograph, .problem(radiograph.problem?.rawValue ?? "unknown"))
    }
    return places
  }
}

extension Catalog {
  fileprivate func ids(of part: ImageSelection.Part, dataset: String) throws -> [Int64] {
    let parts = try radiographIDs(split: part.split, dataset: dataset)
    guard let ids = parts[part.part] else {
      let known = parts.keys.sorted()
      throw CatalogError(
        .unknownName,
        "Split \(part.split) of \(dataset) has no part \(part.part); it has "
          + NumberText.list(known)
          + (known.nearest(to: part.part).map { "; did you mean \($0)?" } ?? "."))
    }
    return ids
  }
}
