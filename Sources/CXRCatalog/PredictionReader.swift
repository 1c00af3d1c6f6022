// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

/// Puts a prediction table together within one snapshot of the catalog.
struct PredictionReader {
  let database: Database
  let datasetID: Int64
  let request: PredictionRequest

  func read() throws -> PredictionSelection {
    let labels = try LabelResolver(database: database, datasetID: datasetID)
      .resolve(request.labels)
    let runs = try request.models.map { model in
      (
        id: try Catalog.runID(model, datasetID: datasetID, in: database),
        info: try Catalog.runInfo(model, datasetID: datasetID, in: database)
      )
    }
    let selection = try radiographs()
    let rowByID = selection.rowByID(isIncluded: try coverage(of: runs.map(\.id), selection))
    let rows = selection.rows(rowByID)
    guard !rows.isEmpty else {
      throw CatalogError(
        .invalidContent,
        "None of the \(selection.ids.count) selected radiographs of \(request.dataset) has "
          + "predictions by \(request.models.joined(separator: " and ")); "
          + "check --split, --view and the models.")
    }
    let table = PredictionTable(
      patients: renumbered(rows.map { selection.patientIDs[$0] }),
      sexes: rows.map { selection.sexes[$0] }, races: rows.map { selection.races[$0] },
      agesYears: rows.map { selection.agesYears[$0] }, views: rows.map { selection.views[$0] },
      labels: try labels.map { label in
        PredictionTable.Label(
          name: label.name,
          states: try states(of: label.source, rowByID: rowByID, rowCount: rows.count))
      },
      noFindingStates: try states(
        of: .finding(.noFinding), rowByID: rowByID, rowCount: rows.count),
      models: try zip(request.models, runs).map { model, run in
        try self.model(
          model, runID: run.id, labels: labels, rowByID: rowByID, rowCount: rows.count)
      })
    return PredictionSelection(
      table: table, imageNames: rows.map { selection.imageNames[$0] },
      selectedCount: selection.ids.count, runs: runs.map(\.info))
  }

  private func radiographs() throws -> RadiographSelection {
    var conditions = ["radiograph.datasetID = \(datasetID)"]
    var arguments: [String] = []
    if let view = request.view {
      conditions.append("view = ?")
      arguments.append(view.rawValue)
    }
    if let split = request.split {
      let splitID = try Catalog.splitID(split.name, datasetID: datasetID, in: database)
      try requirePart(split.part, of: split.name, splitID: splitID)
      conditions.append(
        """
        radiograph.id IN (SELECT radiographID FROM splitMember WHERE splitID = \(splitID)
          AND part = ?)
        """)
      arguments.append(split.part)
    }
    let select = try BulkStatement(
      database,
      """
      SELECT radiograph.id, patientID, sex, race, ageYears, view, imageName
      FROM radiograph JOIN patient ON patient.id = patientID
      WHERE \(conditions.joined(separator: " AND ")) ORDER BY imageName
      """)
    for (index, argument) in arguments.enumerated() { select.bind(argument, at: Int32(index) + 1) }
    var selection = RadiographSelection()
    while try select.step() { selection.append(select) }
    return selection
  }

  private func requirePart(_ part: String, of split: String, splitID: Int64) throws {
    let parts = try String.fetchAll(
      database, sql: "SELECT DISTINCT part FROM splitMember WHERE splitID = ? ORDER BY part",
      arguments: [splitID])
    guard parts.contains(part) else {
      throw CatalogError(
        .unknownName,
        "Split \(split) has no part \(part); it has \(parts.joined(separator: ", ")).")
    }
  }

  /// Which of the selected radiographs every run has scores for.
  private func coverage(of runIDs: [Int64], _ selection: RadiographSelection) throws -> [Bool] {
    var covering = [Int](repeating: 0, count: selection.idLimit)
    for runID in runIDs {
      var isSeen = [Bool](repeating: false, count: selection.idLimit)
      for labelID in try labelIDs(runID: runID).values {
        let select = try BulkStatement(
          database, "SELECT radiographID FROM prediction WHERE predictionLabelID = \(labelID)")
        while try select.step() {
          let id = Int(select.integer(at: 0))
          if id < isSeen.count { isSeen[id] = true }
        }
      }
      for id in isSeen.indices where isSeen[id] { covering[id] += 1 }
    }
    return covering.map { $0 == runIDs.count }
  }

  private func labelIDs(runID: Int64) throws -> [String: Int64] {
    let rows = try Row.fetchAll(
      database, sql: "SELECT label, id FROM predictionLabel WHERE predictionRunID = ?",
      arguments: [runID])
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
  }

  private func states(
    of source: LabelResolver.Source, rowByID: [Int32], rowCount: Int
  ) throws -> [LabelState] {
    var states = [LabelState](repeating: .negative, count: rowCount)
    let sql =
      switch source {
      case .finding(let finding):
        """
        SELECT radiographID, \(finding.columnName) FROM finding
        WHERE \(finding.columnName) <> \(LabelState.negative.rawValue)
        """
      case .native(let id):
        """
        SELECT radiographID, \(LabelState.positive.rawValue) FROM radiographNativeLabel
        WHERE nativeLabelID = \(id)
        """
      }
    let select = try BulkStatement(database, sql)
    while try select.step() {
      let row = rowByID.row(of: select.integer(at: 0))
      guard let row, let state = LabelState(rawValue: Int(select.integer(at: 1))) else { continue }
      states[row] = state
    }
    return states
  }

  private func model(
    _ name: String, runID: Int64, labels: [LabelResolver.Label], rowByID: [Int32], rowCount: Int
  ) throws -> PredictionTable.Model {
    let labelIDs = try labelIDs(runID: runID)
    let stored = try Catalog.thresholds(runID: runID, in: database)
    let valueByLabel = Dictionary(uniqueKeysWithValues: stored.map { ($0.label, $0.value) })
    var scores: [String: [Double?]] = [:]
    var thresholds: [String: Double] = [:]
    for label in labels {
      thresholds[label.name] = valueByLabel[label.scoreName]
      guard let labelID = labelIDs[label.scoreName] else { continue }
      var column = [Double?](repeating: nil, count: rowCount)
      let select = try BulkStatement(
        database, "SELECT radiographID, score FROM prediction WHERE predictionLabelID = \(labelID)")
      while try select.step() {
        if let row = rowByID.row(of: select.integer(at: 0)) { column[row] = select.double(at: 1) }
      }
      scores[label.name] = column
    }
    return PredictionTable.Model(name: name, scores: scores, thresholds: thresholds)
  }

  private func renumbered(_ ids: [Int64]) -> [Int] {
    var numbers: [Int64: Int] = [:]
    return ids.map { id in
      if let number = numbers[id] { return number }
      numbers[id] = numbers.count
      return numbers.count - 1
    }
  }
}
