// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

extension Catalog {
  /// Reads the radiographs that prompts can be made from, ordered by dataset and image name.
  ///
  /// - Parameters:
  ///   - source: The radiographs.
  ///   - sections: The names of the sections of their reports that are wanted.
  /// - Returns: The radiographs.
  /// - Throws: ``CatalogError`` with code `.unknownName` for a name that the catalog does not have.
  /// - Complexity: O(*n* log *n*) for *n* radiographs.
  public func promptCandidates(
    from source: RadiographSource, sections: [String]
  ) throws -> [PromptCandidate] {
    try read { database in
      let condition = try RadiographCondition(source, in: database)
      let texts = sections.map { section in
        """
        , (SELECT text FROM reportSection
          WHERE reportSection.studyID = radiograph.studyID AND section = \(Self.quoted(section)))
        """
      }.joined()
      let select = try BulkStatement(
        database,
        """
        SELECT radiograph.id, dataset.name, imageName, sex, race, ageYears, view,
          \(Finding.allCases.map { "finding.\($0.columnName)" }.joined(separator: ", "))\(texts)
        FROM radiograph JOIN dataset ON dataset.id = radiograph.datasetID
        JOIN patient ON patient.id = radiograph.patientID
        JOIN finding ON finding.radiographID = radiograph.id
        WHERE \(condition.sql) ORDER BY dataset.name, imageName
        """)
      condition.bind(to: select)
      let firstText = Self.firstFindingOfCandidate + Int32(Finding.allCases.count)
      var candidates: [PromptCandidate] = []
      while try select.step() {
        candidates.append(
          PromptCandidate(
            radiographID: select.integer(at: 0), dataset: select.text(at: 1) ?? "",
            imageName: select.text(at: 2) ?? "", sex: select.text(at: 3).flatMap(Sex.init),
            race: select.text(at: 4).flatMap(Race.init), ageYears: select.optionalDouble(at: 5),
            view: select.text(at: 6).flatMap(View.init) ?? .unknown,
            findings: select.findingStates(from: Self.firstFindingOfCandidate),
            sections: sections.indices.map { select.text(at: firstText + Int32($0)) }))
      }
      return candidates
    }
  }

  private static var firstFindingOfCandidate: Int32 { 7 }

  /// Returns the prompt sets in numbers, by name.
  ///
  /// - Returns: The prompt sets.
  /// - Throws: ``CatalogError`` if SQLite fails.
  public func promptSets() throws -> [PromptSetInfo] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM promptSet ORDER BY name")
        .map { try Self.promptSetInfo($0, in: database) }
    }
  }

  /// Returns a prompt set in numbers.
  ///
  /// - Parameter name: The name of the prompt set.
  /// - Returns: The numbers.
  /// - Throws: ``CatalogError`` with code `.unknownName`.
  public func promptSet(_ name: String) throws -> PromptSetInfo {
    try read { database in
      let id = try Self.promptSetID(name, in: database)
      guard
        let row = try Row.fetchOne(
          database, sql: "SELECT * FROM promptSet WHERE id = ?", arguments: [id])
      else { throw CatalogError(.unknownName, "There are no prompts \(name).") }
      return try Self.promptSetInfo(row, in: database)
    }
  }

  /// Reads the prompts of a set in order.
  ///
  /// - Parameters:
  ///   - name: The name of the prompt set.
  ///   - body: Called with each prompt; `false` ends the reading.
  /// - Throws: ``CatalogError`` with code `.unknownName`, or what `body` throws.
  public func forEachPrompt(
    of name: String, _ body: (StoredPrompt) throws -> Bool
  ) throws {
    try read { database in
      let id = try Self.promptSetID(name, in: database)
      let select = try BulkStatement(
        database,
        """
        SELECT prompt.radiographID, variation, prompt.sex, prompt.race, prompt.ageYears,
          impression, text, tokenCount, shortening, removedText, dataset.name, imageName,
          relativePath, view, \(Finding.allCases.map(\.columnName).joined(separator: ", "))
        FROM prompt JOIN radiograph ON radiograph.id = prompt.radiographID
        JOIN dataset ON dataset.id = datasetID
        JOIN finding ON finding.radiographID = radiograph.id
        WHERE promptSetID = \(id) ORDER BY position
        """)
      while try select.step() {
        let record = PromptRecord(
          radiographID: select.integer(at: 0), variation: Int(select.integer(at: 1)),
          sex: select.text(at: 2).flatMap(Sex.init), race: select.text(at: 3).flatMap(Race.init),
          ageYears: select.optionalDouble(at: 4).map { Int($0) },
          impression: select.text(at: 5) ?? "", text: select.text(at: 6) ?? "",
          tokenCount: select.optionalDouble(at: 7).map { Int($0) },
          shortening: select.text(at: 8) ?? "", removedText: select.text(at: 9) ?? "")
        let stored = StoredPrompt(
          prompt: record, dataset: select.text(at: 10) ?? "",
          imageName: select.text(at: 11) ?? "", relativePath: select.text(at: 12),
          view: select.text(at: 13).flatMap(View.init) ?? .unknown,
          findings: select.findingStates(from: 14))
        guard try body(stored) else { return }
      }
    }
  }

  static func promptSetID(_ name: String, in database: Database) throws -> Int64 {
    try id(
      of: name, kind: "prompt set", in: database,
      sql: "SELECT name, id FROM promptSet ORDER BY name")
  }

  private static func promptSetInfo(_ row: Row, in database: Database) throws -> PromptSetInfo {
    let id: Int64 = row["id"]
    let provenanceID: Int64 = row["provenanceID"]
    let counts = try Row.fetchOne(
      database,
      sql: """
        SELECT COUNT(*), COUNT(DISTINCT radiographID), COALESCE(SUM(shortening <> 'none'), 0),
          MAX(tokenCount) FROM prompt WHERE promptSetID = ?
        """,
      arguments: [id])
    let steps = try Row.fetchAll(
      database, sql: "SELECT step, count FROM flow WHERE provenanceID = ? ORDER BY position",
      arguments: [provenanceID]
    ).map { Provenance.FlowStep($0[0], $0[1]) }
    let commandLine = try String.fetchOne(
      database, sql: "SELECT commandLine FROM provenance WHERE id = ?", arguments: [provenanceID])
    return PromptSetInfo(
      name: row["name"], template: row["template"], optionsJSON: row["optionsJSON"],
      contentDigest: row["contentDigest"], promptCount: counts?[0] ?? 0,
      radiographCount: counts?[1] ?? 0, shortenedCount: counts?[2] ?? 0,
      largestTokenCount: counts?[3], commandLine: commandLine ?? "", flow: steps)
  }
}

extension BulkStatement {
  /// The states of the 14 findings in columns that follow one another.
  func findingStates(from first: Int32) -> FindingStates {
    var states = FindingStates(allAre: .unannotated)
    for (index, finding) in Finding.allCases.enumerated() {
      let code = Int(integer(at: first + Int32(index)))
      states[finding] = LabelState(rawValue: code) ?? .unannotated
    }
    return states
  }
}
