// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRImage

/// The radiographs that prompts came from: what is recorded of them, and where their images lie.
struct RealImages {
  /// A radiograph.
  struct Place {
    let storeIndex: Int
    let patientID: Int64
    let target: ScoreTarget
  }

  private let places: [String: Place]

  /// Looks up the radiographs of datasets that a store has.
  ///
  /// - Throws: `CatalogError` with code `.unknownName`.
  init(datasets: Set<String>, store: ImageStore, catalog: Catalog) throws {
    var stored: [String: Int] = [:]
    for (index, radiograph) in store.radiographs.enumerated() {
      stored["\(radiograph.dataset)/\(radiograph.imageName)"] = index
    }
    let table = try catalog.radiographs(
      of: datasets.sorted(), including: [.imageNames, .findings])
    var places: [String: Place] = [:]
    for (dataset, rows) in zip(table.datasets, table.rowRanges) {
      for row in rows {
        let name = "\(dataset)/\(table.imageNames[row])"
        guard let index = stored[name] else { continue }
        places[name] = Place(
          storeIndex: index, patientID: table.patientIDs[row],
          target: ScoreTarget(
            sex: table.sexes[row], race: table.races[row], ageYears: table.agesYears[row],
            findings: table.findings[row]))
      }
    }
    self.places = places
  }

  /// The radiograph that an image's prompt came from.
  func place(of item: GenerationItem) -> Place? {
    places["\(item.sourceDataset)/\(item.sourceImageName)"]
  }
}
