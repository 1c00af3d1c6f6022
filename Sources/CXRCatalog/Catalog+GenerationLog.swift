// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

extension Catalog {
  /// Logs attempts at images, and with them what has become of the images.
  ///
  /// An image whose last attempt was accepted is accepted; one that has used up its attempts is
  /// discarded. An attempt that is in the log already, as another process made it too, is not logged
  /// twice.
  ///
  /// - Parameters:
  ///   - attempts: The attempts, those at one image in their order.
  ///   - run: The name of the run.
  ///   - claim: Who made them; its other claims are renewed.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown run, `.conflict` if an attempt
  ///   ended otherwise than in the log or another run has taken the place of this one, `.invalidContent` for an attempt at an image that is not
  ///   wanted, or one after a gap; nothing is then logged.
  public func recordGenerationAttempts(
    _ attempts: [GenerationAttempt], of run: String, claim: GenerationClaim
  ) throws {
    try write { database in
      let id = try Self.generationRunID(run, of: claim, in: database)
      let limit =
        try Int.fetchOne(
          database, sql: "SELECT attemptLimit FROM generationRun WHERE id = ?", arguments: [id])
        ?? 1
      try Self.renew(claim, runID: id, in: database)
      for attempt in attempts {
        try Self.record(attempt, runID: id, attemptLimit: limit, in: database)
      }
    }
  }

  private static func record(
    _ attempt: GenerationAttempt, runID: Int64, attemptLimit: Int, in database: Database
  ) throws {
    let place: StatementArguments = [runID, attempt.prompt, attempt.copy]
    let item = try Row.fetchOne(
      database,
      sql: """
        SELECT state, attemptCount FROM generationItem
        WHERE generationRunID = ? AND prompt = ? AND copy = ?
        """, arguments: place)
    let done: Int? = item?["attemptCount"]
    if let done, attempt.attempt <= done {
      let known = try Self.attempts(
        runID: runID,
        "AND prompt = \(attempt.prompt) AND copy = \(attempt.copy) AND attempt = \(attempt.attempt)",
        in: database)
      guard known == [attempt] else {
        throw CatalogError(
          .conflict,
          "Image \(attempt.copy) of prompt \(attempt.prompt), attempt \(attempt.attempt), came out "
            + "otherwise than another process logged it; use one machine type and one version for "
            + "a run.")
      }
      return
    }
    guard let done, attempt.attempt == done + 1,
      item?["state"] == GenerationItem.State.open.rawValue
    else {
      throw CatalogError(
        .invalidContent,
        "Attempt \(attempt.attempt) at image \(attempt.copy) of prompt \(attempt.prompt) is not the "
          + "next one of the run.")
    }
    try database.execute(
      sql: "INSERT INTO generationAttempt VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: place + [
        attempt.attempt, Int64(attempt.seed), attempt.outcome.rawValue, attempt.failure,
        attempt.relativePath, attempt.fileSHA256, attempt.widthPixels, attempt.heightPixels,
      ])
    for verdict in attempt.verdicts {
      try database.execute(
        sql: "INSERT INTO generationVerdict VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: place + [
          attempt.attempt, verdict.predicate, verdict.verdict.rawValue, verdict.estimate,
          verdict.score, verdict.reason,
        ])
    }
    let state: GenerationItem.State =
      attempt.outcome == .accepted
      ? .accepted : attempt.attempt >= attemptLimit ? .discarded : .open
    try database.execute(
      sql: """
        UPDATE generationItem SET attemptCount = ?, state = ?
          \(state == .open ? "" : ", claimOwner = NULL, claimedUntil = NULL")
        WHERE generationRunID = ? AND prompt = ? AND copy = ?
        """, arguments: [attempt.attempt, state.rawValue] + place)
  }

  /// Reads the log of a run, by prompt, copy and attempt, in whatever order the attempts were made.
  ///
  /// - Parameters:
  ///   - run: The name of the run.
  ///   - body: Called with each attempt; `false` ends the reading.
  /// - Throws: ``CatalogError`` with code `.unknownName`, or what `body` throws.
  public func forEachGenerationAttempt(
    of run: String, _ body: (GenerationAttempt) throws -> Bool
  ) throws {
    try read { database in
      let id = try Self.generationRunID(run, in: database)
      try Self.forEachAttempt(runID: id, "", in: database, body)
    }
  }

  private static func attempts(
    runID: Int64, _ condition: String, in database: Database
  ) throws -> [GenerationAttempt] {
    var attempts: [GenerationAttempt] = []
    try forEachAttempt(runID: runID, condition, in: database) {
      attempts.append($0)
      return true
    }
    return attempts
  }

  private static func forEachAttempt(
    runID: Int64, _ condition: String, in database: Database,
    _ body: (GenerationAttempt) throws -> Bool
  ) throws {
    let select = try BulkStatement(
      database,
      """
      SELECT prompt, copy, attempt, seed, outcome, failure, relativePath, fileSHA256, widthPixels,
        heightPixels FROM generationAttempt WHERE generationRunID = \(runID) \(condition)
      ORDER BY prompt, copy, attempt
      """)
    let verdicts = try BulkStatement(
      database,
      """
      SELECT predicate, verdict, estimate, score, reason FROM generationVerdict
      WHERE generationRunID = \(runID) AND prompt = ? AND copy = ? AND attempt = ?
      ORDER BY predicate
      """)
    while try select.step() {
      for column in 0..<3 {
        verdicts.bind(select.integer(at: Int32(column)), at: Int32(column) + 1)
      }
      var found: [GenerationVerdict] = []
      while try verdicts.step() {
        found.append(
          GenerationVerdict(
            predicate: verdicts.text(at: 0) ?? "",
            verdicts.text(at: 1).flatMap(GenerationVerdict.Verdict.init) ?? .untested,
            estimate: verdicts.text(at: 2), score: verdicts.optionalDouble(at: 3),
            reason: verdicts.text(at: 4)))
      }
      let attempt = GenerationAttempt(
        prompt: Int(select.integer(at: 0)), copy: Int(select.integer(at: 1)),
        attempt: Int(select.integer(at: 2)), seed: UInt64(select.integer(at: 3)),
        outcome: select.text(at: 4).flatMap(GenerationAttempt.Outcome.init) ?? .unusable,
        failure: select.text(at: 5), relativePath: select.text(at: 6),
        fileSHA256: select.text(at: 7), widthPixels: select.optionalInteger(at: 8).map { Int($0) },
        heightPixels: select.optionalInteger(at: 9).map { Int($0) }, verdicts: found)
      guard try body(attempt) else { return }
    }
  }
}
