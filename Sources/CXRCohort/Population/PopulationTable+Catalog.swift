// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRCore

extension PopulationTable {
  /// Counts populations of a catalog.
  ///
  /// - Parameters:
  ///   - request: Which populations, and how they are counted.
  ///   - catalog: The catalog.
  /// - Throws: `CatalogError` or ``CohortError`` with code `.unknownName` for an unknown dataset,
  ///   cohort, split, part or reference; ``CohortError`` with code `.empty` when a population has
  ///   no radiograph.
  /// - Complexity: O(radiographs of the datasets × findings).
  public init(_ request: PopulationRequest, catalog: Catalog) throws {
    let selection = try PopulationSelection(request, catalog: catalog)
    let tallies = try selection.groups.map { group in
      guard !group.rows.isEmpty else {
        let asked = [
          request.cohorts.isEmpty ? nil : "the cohort", request.view.map { _ in "the view" },
          request.split.map { _ in "the split and its parts" },
        ].compactMap(\.self)
        throw CohortError(
          .empty,
          "\(group.name) has no radiograph"
            + (asked.isEmpty
              ? "; leave it out." : "; check \(NumberText.list(asked)), or leave it out."))
      }
      return PopulationTally(group, table: selection.table, request: request)
    }
    let reference = try request.reference.map { try Self.reference($0, among: tallies) }
    var table = PopulationTable(
      title: selection.title, populations: tallies.map { $0.population(comparedTo: reference) },
      reference: reference?.name, labelPolicy: request.labelPolicy.description,
      notes: selection.notes)
    if let limit = request.suppressionLimit { table = table.suppressed(below: limit) }
    self = table
  }

  private static func reference(
    _ name: String, among tallies: [PopulationTally]
  ) throws(CohortError) -> PopulationTally {
    if let tally = tallies.first(where: { $0.name == name }) { return tally }
    let ofPart = tallies.filter { $0.name.hasSuffix(" " + name) }
    if ofPart.count == 1, let tally = ofPart.first { return tally }
    throw CohortError(
      .unknownName,
      "There is no population \(name) to compare with; the table has "
        + "\(tallies.map(\.name).joined(separator: ", ")).")
  }
}
