// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRCore
internal import CXRFiles

/// Reads a model's predictions from a CSV file into a catalog.
///
///     let importer = PredictionImporter(path: "preds.csv", dataset: "nih", model: "run11")
///     try importer.run(into: catalog, provenance: provenance).recordsKept  // 6373
///
/// The column of image names and the columns of scores are found by their header.
public struct PredictionImporter: Sendable {
  /// Which scores are accepted.
  public enum ScoreRange: String, Codable, CaseIterable, Sendable {
    /// Probabilities: 0 to 1.
    case unit
    /// Any finite number, such as a logit.
    case any
  }

  /// The path of the CSV file, plain or compressed.
  public let path: String
  /// The name of the dataset.
  public let dataset: String
  /// The name to give to the model.
  public let model: String
  /// Columns by label, where the header alone does not tell.
  public var columnByLabel: [String: String] = [:]
  /// Which scores are accepted.
  public var scoreRange: ScoreRange = .unit
  /// What a record that cannot be used costs.
  public var badRecords = BadRecordPolicy()
  /// What to do when the model has other predictions already.
  public var conflictPolicy: ConflictPolicy = .refuse

  /// Creates an importer with the default options.
  ///
  /// - Parameters:
  ///   - path: The path of the CSV file, plain or compressed.
  ///   - dataset: The name of the dataset.
  ///   - model: The name to give to the model.
  public init(path: String, dataset: String, model: String) {
    self.path = path
    self.dataset = dataset
    self.model = model
  }

  /// Reads the file into a catalog, in one transaction.
  ///
  /// - Parameters:
  ///   - catalog: The catalog.
  ///   - provenance: The command; files, counts and diagnostics are filled in.
  /// - Returns: What was read; `.unchanged` when the model has these predictions already.
  /// - Throws: ``IngestError``, `FileError` or `CatalogError`; the catalog then is as it was before.
  public func run(into catalog: Catalog, provenance: Provenance) throws -> IngestReport {
    let (run, provenance) = try content(for: catalog, provenance: provenance)
    let outcome = try catalog.addPredictionRun(
      run, dataset: dataset, onConflict: conflictPolicy, provenance: provenance)
    return IngestReport(outcome: outcome, provenance: provenance)
  }

  /// Reads the file as ``run(into:provenance:)`` does, and writes nothing.
  ///
  /// - Parameters:
  ///   - catalog: The catalog that holds the dataset.
  ///   - provenance: The command.
  /// - Returns: What was read, as `.unchanged`.
  /// - Throws: ``IngestError``, `FileError` or `CatalogError`.
  public func check(against catalog: Catalog, provenance: Provenance) throws -> IngestReport {
    IngestReport(
      outcome: .unchanged, provenance: try content(for: catalog, provenance: provenance).1)
  }

  private func content(
    for catalog: Catalog, provenance: Provenance
  ) throws -> (PredictionRunContent, Provenance) {
    let digest = try FileDigest(path: path)
    var provenance = provenance
    provenance.sources = [
      Provenance.Source(
        role: "predictions", fileName: fileName(of: path), sha256: digest.sha256,
        byteCount: digest.byteCount)
    ]
    let options = columnByLabel.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    var run = PredictionRunContent(
      model: model, fileName: fileName(of: path), sha256: digest.sha256,
      contentDigest: "", radiographIDs: [], unknownImageCount: 0, columns: [])
    let images = ImageIndex(try catalog.radiographIDs(dataset: dataset))
    let vocabulary = LabelVocabulary(nativeLabels: try catalog.nativeLabels(dataset: dataset))
    var tally = RecordTally(fileName: fileName(of: path), policy: badRecords)
    try read(into: &run, images: images, vocabulary: vocabulary, tally: &tally)
    // What the file came to depends on the options, and on the images that the dataset has now.
    run.contentDigest = FileDigest.sha256(
      of: (["predictions 2", digest.sha256, scoreRange.rawValue] + options
        + run.radiographIDs.sorted().map(String.init)).joined(separator: "\n"))
    provenance.recordsRead = tally.readCount
    provenance.recordsKept = run.radiographIDs.count
    provenance.flow =
      [Provenance.FlowStep("records read", tally.readCount)] + tally.flow
      + [
        Provenance.FlowStep("dropped: unknown image", run.unknownImageCount),
        Provenance.FlowStep("images kept", run.radiographIDs.count),
      ]
    provenance.diagnostics = tally.diagnostics
    if badRecords.strictness == .strict,
      let first = tally.diagnostics.first(where: { $0.severity == .warning })
    {
      throw IngestError(
        .warnings, "\(first); nothing was imported, because --strict allows no warnings.")
    }
    return (run, provenance)
  }

  private func read(
    into run: inout PredictionRunContent, images: ImageIndex<Int64>, vocabulary: LabelVocabulary,
    tally: inout RecordTally
  ) throws {
    let reader = try CSVReader(path: path)
    var record = TableRecord()
    guard try reader.read(into: &record) else {
      throw IngestError(.wrongFile, "\(path) is empty; name a file of predictions.")
    }
    let layout = try PredictionLayout(
      header: record.strings, path: path, columnByLabel: columnByLabel, vocabulary: vocabulary)
    for note in layout.notes { tally.note("column-ignored", note) }
    run.columns = layout.scores.map {
      PredictionRunContent.Column(label: $0.label, sourceColumn: $0.column)
    }
    var lineByID: [Int64: Int] = [:]
    while try reader.read(into: &record, tally: &tally) {
      tally.countRead()
      if tally.readCount % 4096 == 0 { try Task.checkCancellation() }
      guard record.fieldCount == layout.fieldCount else {
        try tally.drop(
          "ragged row",
          "\(record.fieldCount) fields where the header has \(layout.fieldCount)"
            + (record.endsWithFile ? ", and the file ends there: it seems to be cut" : ""),
          line: record.line)
        continue
      }
      guard let id = images.value(of: record.string(at: layout.idIndex)) else {
        run.unknownImageCount += 1
        tally.warn(
          "unknown-image", "images that \(dataset) does not have, left out", line: record.line)
        continue
      }
      guard let scores = try scores(of: record, layout: layout, tally: &tally) else { continue }
      if let line = lineByID.updateValue(record.line, forKey: id) {
        throw IngestError(
          .duplicate,
          "\(path): lines \(line) and \(record.line) are of the same image; keep one of them.")
      }
      run.radiographIDs.append(id)
      for index in scores.indices { run.columns[index].scores.append(scores[index]) }
    }
    guard !run.radiographIDs.isEmpty else {
      throw IngestError(
        .wrongFile,
        "\(path): none of its \(tally.readCount) records is of an image of \(dataset); "
          + "are files or datasets swapped?")
    }
  }

  /// The scores of a record, or `nil` when it was dropped.
  private func scores(
    of record: TableRecord, layout: PredictionLayout, tally: inout RecordTally
  ) throws -> [Double]? {
    var scores: [Double] = []
    scores.reserveCapacity(layout.scores.count)
    for score in layout.scores {
      let value = record.finiteNumber(at: score.index)
      guard let value, scoreRange == .any || (0...1).contains(value) else {
        let kind = ScoreFault(record.string(at: score.index), value: value)
        try tally.drop(
          "score: \(kind.rawValue)",
          "column \(score.column): the score is \(kind.rawValue); expected "
            + (scoreRange == .any ? "a finite number" : "a number from 0 to 1")
            + (kind == .outOfRange ? ", or allow others with --score-range any" : ""),
          line: record.line)
        return nil
      }
      scores.append(value)
    }
    return scores
  }
}
