// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

extension Catalog {
  /// Returns the radiographs that a split may divide.
  ///
  /// - Parameters:
  ///   - dataset: The name of the dataset.
  ///   - cohort: The name of a cohort, if only its members of the dataset are wanted.
  /// - Returns: The radiographs, ordered by image name.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset or cohort,
  ///   `.invalidContent` when the cohort has no radiograph of the dataset.
  /// - Complexity: O(*n* log *n*).
  public func splitCandidates(dataset: String, cohort: String? = nil) throws -> [SplitCandidate] {
    try read { database in
      let datasetID = try Self.datasetID(dataset, in: database)
      var condition = "radiograph.datasetID = \(datasetID)"
      if let cohort {
        let cohortID = try Self.id(
          of: cohort, kind: "cohort", in: database,
          sql: "SELECT name, id FROM cohort ORDER BY name")
        condition +=
          " AND radiograph.id IN (SELECT radiographID FROM cohortMember"
          + " WHERE cohortID = \(cohortID))"
      }
      let candidates = try Self.splitCandidates(
        where: condition, datasetID: datasetID, in: database)
      guard !candidates.isEmpty else {
        throw CatalogError(
          .invalidContent,
          (cohort.map { "Cohort \($0) has no radiograph of \(dataset)" }
            ?? "\(dataset) has no radiograph") + "; name another dataset with --dataset.")
      }
      return candidates
    }
  }

  private static func splitCandidates(
    where condition: String, datasetID: Int64, in database: Database
  ) throws -> [SplitCandidate] {
    let select = try BulkStatement(
      database,
      """
      SELECT imageName, patientKey, sex, race, ageYears, view, official.part, pixelDigest,
        \(Finding.allCases.map(\.columnName).joined(separator: ", "))
      FROM radiograph JOIN patient ON patient.id = radiograph.patientID
      LEFT JOIN finding ON finding.radiographID = radiograph.id
      LEFT JOIN splitMember AS official ON official.radiographID = radiograph.id
        AND official.splitID = (SELECT id FROM split
          WHERE datasetID = \(datasetID) AND name = '\(SplitContent.officialName)')
      WHERE \(condition) ORDER BY imageName
      """)
    let findings = Array(zip(Finding.allCases, Int32(8)...))
    let positive = Int64(LabelState.positive.rawValue)
    var candidates: [SplitCandidate] = []
    while try select.step() {
      candidates.append(
        SplitCandidate(
          imageName: select.text(at: 0) ?? "", patientKey: select.text(at: 1) ?? "",
          sex: select.text(at: 2).flatMap(Sex.init), race: select.text(at: 3).flatMap(Race.init),
          ageYears: select.optionalDouble(at: 4),
          view: select.text(at: 5).flatMap(View.init) ?? .unknown,
          positiveFindings: findings.compactMap {
            select.integer(at: $1) == positive ? $0 : nil
          },
          officialPart: select.text(at: 6), pixelDigest: select.text(at: 7)))
    }
    return candidates
  }
}
