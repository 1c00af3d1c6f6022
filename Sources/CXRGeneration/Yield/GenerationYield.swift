// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRCore

/// What a run gave: how many images were accepted at which attempt, cell by cell, what checks said,
/// and how balanced the images are beside the radiographs that the prompts came from.
///
///     try GenerationYield(of: "balanced", in: catalog).total.accepted
public struct GenerationYield: Codable, Hashable, Sendable {
  /// The images of a cell, or all of them.
  public struct Row: Codable, Hashable, Sendable {
    /// The cell; `nil` for all images.
    public let cell: DemographicCell?
    /// The images that were wanted.
    public internal(set) var wanted = 0
    /// The images accepted at the first attempt, at the second, and so on.
    public internal(set) var acceptedAtAttempt: [Int]
    /// The images that were given up.
    public internal(set) var discarded = 0
    /// The images that are still to be made.
    public internal(set) var open = 0
    /// The accepted images about which something could not be tested.
    public internal(set) var acceptedWithUntested = 0
    /// All attempts.
    public internal(set) var attempts = 0

    /// The images that were accepted.
    public var accepted: Int { acceptedAtAttempt.reduce(0, +) }
    /// The images that were decided on.
    public var decided: Int { accepted + discarded }
    /// The share of accepted images among those that were decided on; `nil` before the first.
    public var share: Double? { decided > 0 ? Double(accepted) / Double(decided) : nil }
  }

  /// What a check said, over all attempts.
  public struct Check: Codable, Hashable, Sendable {
    /// The name of the check.
    public let predicate: String
    /// The cell; `nil` for all images.
    public let cell: DemographicCell?
    /// The attempts that passed.
    public internal(set) var passed = 0
    /// The attempts that failed.
    public internal(set) var failed = 0
    /// The attempts of which nothing could be said.
    public internal(set) var untested = 0
  }

  /// Attempts without an image to check.
  public struct Failure: Codable, Hashable, Sendable {
    /// The name of what went wrong.
    public let name: String
    /// The number of attempts.
    public internal(set) var attempts: Int
  }

  /// The name of the run.
  public let run: String
  /// The prompt set.
  public let promptSet: String
  /// The dataset that the images were entered as.
  public let dataset: String?
  /// The most attempts at an image.
  public let attemptLimit: Int
  /// All images.
  public let total: Row
  /// The images by cell.
  public let cells: [Row]
  /// What each check said over all images, then by cell.
  public let checks: [Check]
  /// What went wrong with images themselves.
  public let failures: [Failure]
  /// The radiographs that prompts came from, the images that were wanted, and the accepted ones.
  public let balances: [DemographicBalance]
  /// What a reader must know.
  public let notes: [String]

  /// Counts what has become of a run so far.
  ///
  /// - Parameters:
  ///   - run: The name of the run.
  ///   - catalog: Where its log is.
  /// - Throws: `CatalogError` with code `.unknownName`.
  public init(of run: String, in catalog: Catalog) throws {
    let content = try catalog.generationRun(run)
    let counts = try catalog.generationCounts(of: run)
    var tally = YieldTally(attemptLimit: content.attemptLimit)
    for items in counts.items { tally.add(items) }
    for verdicts in counts.verdicts { tally.add(verdicts) }
    for failures in counts.failures { tally.add(failures) }
    self.run = run
    promptSet = content.promptSet
    dataset = content.dataset
    attemptLimit = content.attemptLimit
    total = tally.total
    cells = tally.cells
    checks = tally.checks
    failures = tally.failures
    balances = Self.balances(counts, rows: tally.cells)
    notes = Self.notes(checks: tally.checks, total: tally.total, counts: counts)
  }

  private static func balances(
    _ counts: GenerationCounts, rows: [Row]
  ) -> [DemographicBalance] {
    var sources: [DemographicCell: Int] = [:]
    for source in counts.sources {
      sources[DemographicCell(source.group), default: 0] += source.count
    }
    let wanted = Dictionary(
      uniqueKeysWithValues: rows.compactMap { row in row.cell.map { ($0, row.wanted) } })
    let accepted = Dictionary(
      uniqueKeysWithValues: rows.compactMap { row in row.cell.map { ($0, row.accepted) } })
    let cells = Set(sources.keys).union(wanted.keys).filter(\.isStated).sorted()
    return [("source radiographs", sources), ("wanted", wanted), ("accepted", accepted)].map {
      DemographicBalance(name: $0, counts: $1, over: cells)
    }
  }

  private static func notes(checks: [Check], total: Row, counts: GenerationCounts) -> [String] {
    var notes: [String] = []
    for check in checks where check.cell == nil && check.untested > 0 {
      let whole = check.passed + check.failed + check.untested
      notes.append(
        "\(check.predicate): \(NumberText.count(check.untested)) of "
          + "\(NumberText.count(whole, "attempt")) untested, which speaks neither for nor against "
          + "the images.")
    }
    if total.open > 0 {
      notes.append("\(NumberText.count(total.open, "image")) still to be made.")
    }
    if counts.lostSourceCount > 0 {
      notes.append(
        "\(NumberText.count(counts.lostSourceCount, "radiograph")) that prompts came from are no "
          + "longer in the catalog and not counted.")
    }
    return notes
  }
}
