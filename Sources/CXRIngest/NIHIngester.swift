// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRCore
internal import CXRFiles

/// Reads the metadata of NIH ChestX-ray14 into a catalog.
///
///     let ingester = NIHIngester(rootPath: "nih", options: NIHIngester.Options())
///     try ingester.ingest(into: catalog, provenance: provenance).recordsKept  // 112120
///
/// Columns are bound by position, because the official headers hold unquoted commas.
///
/// - SeeAlso: Wang et al., *CVPR* 2017, <https://doi.org/10.1109/CVPR.2017.369>.
public struct NIHIngester: Sendable {
  /// How to read the dataset.
  public struct Options: Codable, Hashable, Sendable {
    /// The name of the dataset in the catalog.
    public var datasetName: String
    /// The metadata generation or file from which labels are taken; the newest when absent.
    public var labelsFrom: String?
    /// The metadata generation or file from which ages are taken; that of the labels when absent.
    public var agesFrom: String?
    /// What a record that cannot be used costs.
    public var badRecords: BadRecordPolicy
    /// What to do when images are gone that the catalog has.
    public var conflictPolicy: ConflictPolicy = .refuse

    /// Creates options.
    ///
    /// - Parameters:
    ///   - datasetName: The name of the dataset in the catalog.
    ///   - labelsFrom: `v2017`, `v2020`, a file name or a path.
    ///   - agesFrom: `v2017`, `v2020`, a file name or a path.
    ///   - badRecords: What a record that cannot be used costs.
    public init(
      datasetName: String = "nih", labelsFrom: String? = nil, agesFrom: String? = nil,
      badRecords: BadRecordPolicy = BadRecordPolicy()
    ) {
      self.datasetName = datasetName
      self.labelsFrom = labelsFrom
      self.agesFrom = agesFrom
      self.badRecords = badRecords
    }
  }

  /// A stage of the work, for progress messages.
  public enum Stage: String, Sendable {
    /// Reading the metadata.
    case reading
    /// Writing to the catalog.
    case writing
  }

  /// The folder that holds the official files.
  public let rootPath: String
  /// How to read the dataset.
  public let options: Options

  /// Creates an ingester.
  ///
  /// - Parameters:
  ///   - rootPath: The folder that holds the official files.
  ///   - options: How to read the dataset.
  public init(rootPath: String, options: Options) {
    self.rootPath = rootPath
    self.options = options
  }

  /// Checks that the files are there, without reading them.
  ///
  /// - Throws: ``IngestError`` with code `.missingInput` or `.invalidOption`.
  public func checkFiles() throws { _ = try NIHFiles(rootPath: rootPath, options: options) }

  /// Reads the dataset into a catalog, in one transaction.
  ///
  /// - Parameters:
  ///   - catalog: The catalog.
  ///   - provenance: The command; files, counts and diagnostics are filled in.
  ///   - progress: Called with the stage and the number of records so far.
  /// - Returns: What was read; `.unchanged` when the same files and options were ingested before.
  /// - Throws: ``IngestError``, `FileError`, `CatalogError` or `CancellationError`; the catalog then
  ///   is as it was before.
  public func ingest(
    into catalog: Catalog, provenance: Provenance, progress: (Stage, Int) -> Void = { _, _ in }
  ) throws -> IngestReport {
    let files = try NIHFiles(rootPath: rootPath, options: options)
    let sources = try files.sources()
    let digest = files.contentDigest(of: sources, options: options)
    var provenance = provenance
    provenance.sources = sources
    guard try !catalog.holdsDataset(options.datasetName, contentDigest: digest) else {
      return IngestReport(
        outcome: .unchanged, sources: sources, recordsRead: 0, recordsKept: 0, flow: [],
        diagnostics: [])
    }
    var reader = try NIHReader(files: files, options: options)
    var content = try reader.read { progress(.reading, $0) }
    content.contentDigest = digest
    guard !content.radiographs.isEmpty else {
      throw IngestError(
        .wrongFile,
        "\(files.labels) has no records below its header; nothing was ingested.")
    }
    provenance.recordsRead = reader.recordsRead
    provenance.recordsKept = content.radiographs.count
    provenance.flow = reader.flow(content.radiographs)
    provenance.diagnostics = reader.diagnostics
    try refuseWarnings(provenance.diagnostics)
    progress(.writing, content.radiographs.count)
    let outcome = try catalog.replaceDataset(
      content, onConflict: options.conflictPolicy, provenance: provenance)
    return IngestReport(outcome: outcome, provenance: provenance)
  }

  private func refuseWarnings(_ diagnostics: [Diagnostic]) throws(IngestError) {
    guard options.badRecords.strictness == .strict,
      let first = diagnostics.first(where: { $0.severity == .warning })
    else { return }
    throw IngestError(
      .warnings, "\(first); nothing was ingested, because --strict allows no warnings.")
  }
}
