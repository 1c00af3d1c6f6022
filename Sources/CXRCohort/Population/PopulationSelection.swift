// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore

/// The radiographs of each population of a request.
struct PopulationSelection {
  /// A population before it is counted.
  struct Group {
    /// The name, such as `nih test`.
    let name: String
    /// The rows of the table.
    let rows: [Int]
  }

  /// The radiographs of all datasets.
  let table: RadiographTable
  /// The populations from left to right.
  private(set) var groups: [Group] = []
  /// The title of the table.
  let title: String
  /// What a reader must know of the selection.
  private(set) var notes: [String] = []

  init(_ request: PopulationRequest, catalog: Catalog) throws {
    let cohorts = try request.cohorts.map { try catalog.cohort($0) }
    let cohortDatasets = cohorts.flatMap { $0.steps.map(\.dataset) }.distinct
    let datasets =
      request.cohorts.isEmpty || !request.datasets.isEmpty ? request.datasets : cohortDatasets
    table = try catalog.radiographs(of: datasets, including: [.findings])
    let words = [
      request.cohorts.isEmpty
        ? NumberText.list(datasets) : "cohort \(NumberText.list(request.cohorts))",
      request.split.map { "split \($0)" }, request.view.map { "view \($0.rawValue)" },
    ]
    title = "Radiographs: " + words.compactMap(\.self).joined(separator: ", ")
    let parts = try Parts(request, datasets: datasets, catalog: catalog)
    notes = parts.notes
    for cohort in request.cohorts.map(Optional.some) + (request.cohorts.isEmpty ? [nil] : []) {
      let ids = try cohort.map { try catalog.radiographIDs(cohort: $0) }
      if let cohort, ids?.isEmpty == true {
        throw CohortError(
          .empty,
          "Cohort \(cohort) is empty, so there is nothing to count; `cxr cohort flow \(cohort)` shows "
            + "which rule removed the last radiographs.")
      }
      let members = ids.map { IDSet($0) }
      for (dataset, range) in zip(datasets, table.rowRanges) {
        let rows = range.filter { row in
          (members?.contains(table.ids[row]) ?? true)
            && (request.view.map { $0 == table.views[row] } ?? true)
        }
        let prefix = request.cohorts.count > 1 ? [cohort, dataset] : [dataset]
        groups += parts.divided(rows, dataset: dataset, table: table).map { part, rows in
          Group(name: (prefix + [part]).compactMap(\.self).joined(separator: " "), rows: rows)
        }
      }
    }
  }

  /// The parts by which datasets are divided.
  private struct Parts {
    private var partsByDataset: [String: [(name: String, ids: IDSet)]] = [:]
    private(set) var notes: [String] = []

    init(_ request: PopulationRequest, datasets: [String], catalog: Catalog) throws {
      guard let split = request.split else { return }
      for dataset in datasets where try catalog.splitNames(dataset: dataset).contains(split) {
        let ids = try catalog.radiographIDs(split: split, dataset: dataset)
        let names = request.parts.isEmpty ? Self.ordered(ids.keys.sorted()) : request.parts
        partsByDataset[dataset] = try names.map { name in
          guard let members = ids[name] else {
            throw CohortError(
              .unknownName,
              "Split \(split) of \(dataset) has no part \(name); it has "
                + "\(ids.keys.sorted().joined(separator: ", ")).")
          }
          return (name, IDSet(members))
        }
      }
      let whole = datasets.filter { partsByDataset[$0] == nil }
      guard whole.count < datasets.count else {
        let known = try datasets.flatMap { try catalog.splitNames(dataset: $0) }.distinct
        throw CohortError(
          .unknownName,
          "None of \(NumberText.list(datasets)) has a split \(split); "
            + (known.isEmpty
              ? "make one with cxr split create." : "there is \(known.joined(separator: ", ")).")
        )
      }
      if !whole.isEmpty {
        notes.append(
          "\(NumberText.list(whole)) without a split \(split): all of its radiographs count.")
      }
    }

    /// The order in which people name parts: training, validation, test, then by name.
    private static func ordered(_ names: [String]) -> [String] {
      let order = ["train", "val", "validate", "valid", "test"]
      return names.sorted {
        (order.firstIndex(of: $0) ?? order.count, $0)
          < (order.firstIndex(of: $1) ?? order.count, $1)
      }
    }

    func divided(
      _ rows: [Int], dataset: String, table: RadiographTable
    ) -> [(String?, [Int])] {
      guard let parts = partsByDataset[dataset] else { return [(nil, rows)] }
      return parts.map { part in
        (part.name, rows.filter { part.ids.contains(table.ids[$0]) })
      }
    }
  }
}
