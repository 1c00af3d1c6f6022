// SPDX-License-Identifier: Apache-2.0
internal import GRDB

extension Catalog {
  /// Enters a training run, or an epoch of a known one.
  ///
  /// - Parameters:
  ///   - run: The run; epochs that the catalog has, and the run has not, stay.
  ///   - policy: What to do when the name is taken by a run in another folder or with other settings.
  ///   - provenance: The command that trains; kept from the first time on.
  /// - Returns: Whether a run was added or a known one changed.
  /// - Throws: ``CatalogError`` with code `.conflict` when the name is taken.
  public func addTrainingRun(
    _ run: TrainingRunContent, onConflict policy: ConflictPolicy = .refuse, provenance: Provenance
  ) throws -> WriteOutcome {
    try write { database in
      let former = try Self.formerTrainingRun(run, onConflict: policy, in: database)
      let id: Int64
      switch former {
      case .same(let known):
        id = known
        try database.execute(
          sql: "UPDATE trainingRun SET isFinished = ? WHERE id = ?",
          arguments: [run.isFinished, id])
      case .none, .other:
        if case .other(let known) = former {
          try database.execute(sql: "DELETE FROM trainingRun WHERE id = ?", arguments: [known])
        }
        let provenanceID = try Self.insert(provenance, into: database)
        try database.execute(
          sql: """
            INSERT INTO trainingRun (name, folder, configurationJSON, isFinished, provenanceID)
            VALUES (?, ?, ?, ?, ?)
            """,
          arguments: [run.name, run.folder, run.configurationJSON, run.isFinished, provenanceID])
        id = database.lastInsertedRowID
      }
      for epoch in run.epochs {
        try database.execute(
          sql: "INSERT OR REPLACE INTO trainingEpoch VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          arguments: [
            id, epoch.epoch, epoch.stage, epoch.step, epoch.learningRate, epoch.trainingLoss,
            epoch.validationLoss, epoch.validationMeanAUROC, epoch.definedFindingCount,
            epoch.isBest, epoch.seconds, epoch.imageCount,
          ])
      }
      return if case .none = former { .created } else { .updated }
    }
  }

  /// Checks that a training run can be entered, before hours of work.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - policy: What to do when the name is taken.
  /// - Throws: ``CatalogError`` with code `.conflict` when the name is taken.
  public func requireFreeName(
    for run: TrainingRunContent, onConflict policy: ConflictPolicy
  ) throws {
    _ = try read { try Self.formerTrainingRun(run, onConflict: policy, in: $0) }
  }

  /// What the catalog has of the name of a run.
  private enum FormerTrainingRun {
    case none
    case same(Int64)
    case other(Int64)
  }

  private static func formerTrainingRun(
    _ run: TrainingRunContent, onConflict policy: ConflictPolicy, in database: Database
  ) throws -> FormerTrainingRun {
    guard
      let former = try Row.fetchOne(
        database, sql: "SELECT id, folder, configurationJSON FROM trainingRun WHERE name = ?",
        arguments: [run.name])
    else { return .none }
    if former["folder"] == run.folder, former["configurationJSON"] == run.configurationJSON {
      return .same(former["id"])
    }
    guard policy == .replace else {
      throw CatalogError(
        .conflict,
        "There already is another training run named \(run.name), in \(former["folder"] as String); "
          + "choose another --name, or replace it with --replace.")
    }
    return .other(former["id"])
  }

  /// Returns the training runs, by name.
  ///
  /// - Throws: ``CatalogError`` if SQLite fails.
  public func trainingRuns() throws -> [TrainingRunContent] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM trainingRun ORDER BY name").map { row in
        let epochs = try Row.fetchAll(
          database, sql: "SELECT * FROM trainingEpoch WHERE trainingRunID = ? ORDER BY epoch",
          arguments: [row["id"] as Int64])
        return TrainingRunContent(
          name: row["name"], folder: row["folder"], configurationJSON: row["configurationJSON"],
          isFinished: row["isFinished"],
          epochs: epochs.map { epoch in
            TrainingRunContent.Epoch(
              epoch: epoch["epoch"], stage: epoch["stage"], step: epoch["step"],
              learningRate: epoch["learningRate"], trainingLoss: epoch["trainingLoss"],
              validationLoss: epoch["validationLoss"],
              validationMeanAUROC: epoch["validationMeanAUROC"],
              definedFindingCount: epoch["definedFindingCount"], isBest: epoch["isBest"],
              seconds: epoch["seconds"], imageCount: epoch["imageCount"])
          })
      }
    }
  }
}
