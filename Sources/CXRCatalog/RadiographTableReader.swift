// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

/// Reads a ``RadiographTable`` within one snapshot of the catalog.
///
/// Scans in the order of the ids take the place of a join: nothing is looked up twice, and words
/// become numbers within SQLite.
struct RadiographTableReader {
  private let database: Database
  private let datasetIDs: [Int64]
  private let details: Set<RadiographTable.Detail>
  private var table: RadiographTable

  init(
    database: Database, datasets: [String], details: Set<RadiographTable.Detail>
  ) throws {
    self.database = database
    self.details = details
    datasetIDs = try datasets.map { try Catalog.datasetID($0, in: database) }
    table = RadiographTable(datasets: datasets)
  }

  consuming func read() throws -> RadiographTable {
    let patients = try patients()
    for id in datasetIDs {
      let start = table.count
      try appendRadiographs(datasetID: id, patients: patients)
      table.rowRanges.append(start..<table.count)
    }
    if details.contains(.findings) { try readFindings() }
    return table
  }

  /// The sex and the race of each patient by id: 0 for none, else the position plus one.
  private func patients() throws -> [(sex: UInt8, race: UInt8)] {
    let limit = try Int.fetchOne(database, sql: "SELECT COALESCE(MAX(id), 0) + 1 FROM patient")
    var patients = [(sex: UInt8, race: UInt8)](repeating: (0, 0), count: limit ?? 1)
    let select = try BulkStatement(
      database,
      """
      SELECT id, \(Self.number("sex", of: Sex.self)), \(Self.number("race", of: Race.self))
      FROM patient
      """)
    while try select.step() {
      patients[Int(select.integer(at: 0))] = (
        UInt8(select.integer(at: 1)), UInt8(select.integer(at: 2))
      )
    }
    return patients
  }

  private mutating func appendRadiographs(
    datasetID: Int64, patients: [(sex: UInt8, race: UInt8)]
  ) throws {
    // The ids of one ingest lie together: a walk along them reads what it passes, whereas the order
    // of an index would jump about.
    let range = try Row.fetchOne(
      database, sql: "SELECT MIN(id), MAX(id) FROM radiograph WHERE datasetID = \(datasetID)")
    let select = try BulkStatement(
      database,
      """
      SELECT id, patientID, studyID, \(Self.number("view", of: View.self)),
        \(Self.number("viewSource", of: ViewSource.self)), ageYears
        \(details.contains(.imageNames) ? ", imageName" : ", NULL")
        \(details.contains(.acquisition) ? ", acquiredAt, followUpNumber" : ", NULL, NULL")
      FROM radiograph NOT INDEXED
      WHERE datasetID = \(datasetID) AND id BETWEEN ? AND ? ORDER BY id
      """)
    select.bind(range?[0] as Int64?, at: 1)
    select.bind(range?[1] as Int64?, at: 2)
    let sexes = [nil] + Sex.allCases.map(Optional.some)
    let races = [nil] + Race.allCases.map(Optional.some)
    while try select.step() {
      let patientID = select.integer(at: 1)
      let patient = patients[Int(patientID)]
      table.ids.append(select.integer(at: 0))
      table.patientIDs.append(patientID)
      table.studyIDs.append(select.optionalInteger(at: 2))
      table.sexes.append(sexes[Int(patient.sex)])
      table.races.append(races[Int(patient.race)])
      table.views.append(View.allCases[Int(select.integer(at: 3)) - 1])
      table.viewSources.append(ViewSource.allCases[Int(select.integer(at: 4)) - 1])
      table.agesYears.append(select.optionalDouble(at: 5))
      if details.contains(.imageNames) { table.imageNames.append(select.text(at: 6) ?? "") }
      if details.contains(.acquisition) {
        table.acquiredAt.append(select.text(at: 7))
        table.followUpNumbers.append(select.optionalInteger(at: 8).map { Int($0) })
      }
    }
  }

  private mutating func readFindings() throws {
    table.findings = Array(repeating: FindingStates(allAre: .unannotated), count: table.count)
    let limit = Int(table.ids.max() ?? -1) + 1
    var rowByID = [Int32](repeating: -1, count: limit)
    for (row, id) in table.ids.enumerated() { rowByID[Int(id)] = Int32(row) }
    let select = try BulkStatement(
      database,
      """
      SELECT radiographID, \(Finding.allCases.map(\.columnName).joined(separator: ", "))
      FROM finding
      """)
    while try select.step() {
      guard let row = rowByID.row(of: select.integer(at: 0)) else { continue }
      table.findings[row] = FindingStates(codes: { select.integer(at: Int32($0) + 1) })
    }
  }

  /// An expression for the position of a word among the cases of its type, from 1; 0 for none.
  private static func number<Value: CaseIterable & RawRepresentable<String>>(
    _ column: String, of type: Value.Type
  ) -> String {
    let cases = type.allCases.enumerated().map { "WHEN '\($1.rawValue)' THEN \($0 + 1)" }
    return "CASE \(column) \(cases.joined(separator: " ")) ELSE 0 END"
  }
}
