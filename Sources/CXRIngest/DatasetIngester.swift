// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRCore
internal import CXRFiles

/// Reads a dataset into a catalog as its descriptor says.
///
///     let descriptor = try DatasetDescriptor.builtIn("nih")
///     let ingester = DatasetIngester(descriptor, rootPath: "nih")
///     try ingester.ingest(into: catalog, provenance: provenance).recordsKept  // 112120
public struct DatasetIngester: Sendable {
  /// How to read the dataset.
  public struct Options: Codable, Hashable, Sendable {
    /// The name of the dataset in the catalog; the descriptor's when absent.
    public var datasetName: String?
    /// Files that take the place of the descriptor's, by table.
    public var tableFiles: [String: String] = [:]
    /// What a record that cannot be used costs.
    public var badRecords = BadRecordPolicy()
    /// What to do when images are gone that the catalog has.
    public var conflictPolicy: ConflictPolicy = .refuse

    /// Creates the usual options.
    public init() {}
  }

  /// A stage of the work, for progress messages.
  public enum Stage: String, Sendable {
    /// Reading the tables that are joined to the images.
    case joining
    /// Reading the images.
    case reading
    /// Reading the reports.
    case reports
    /// Writing to the catalog.
    case writing
  }

  /// What the dataset's files mean.
  public let descriptor: DatasetDescriptor
  /// The folder that holds the dataset's files.
  public let rootPath: String
  /// How to read the dataset.
  public let options: Options

  /// Creates an ingester.
  ///
  /// - Parameters:
  ///   - descriptor: What the dataset's files mean.
  ///   - rootPath: The folder that holds the dataset's files.
  ///   - options: How to read the dataset.
  public init(_ descriptor: DatasetDescriptor, rootPath: String, options: Options = Options()) {
    self.descriptor = descriptor
    self.rootPath = rootPath
    self.options = options
  }

  /// The name of the dataset in the catalog.
  public var datasetName: String { options.datasetName ?? descriptor.name }

  /// Checks that the files are there, without reading them.
  ///
  /// - Throws: ``IngestError`` with code `.missingInput` or `.invalidOption`.
  public func checkFiles() throws { _ = try located() }

  /// Reads the dataset into a catalog, in one transaction.
  ///
  /// - Parameters:
  ///   - catalog: The catalog.
  ///   - provenance: The command; files, counts and diagnostics are filled in.
  ///   - progress: Called with the stage and the number of records so far.
  /// - Returns: What was read; `.unchanged` when the same files were ingested before in the same way.
  /// - Throws: ``IngestError``, `FileError`, `CatalogError` or `CancellationError`; the catalog then
  ///   is as it was before.
  /// - Complexity: O(*n* log *n*) for *n* records.
  public func ingest(
    into catalog: Catalog, provenance: Provenance, progress: (Stage, Int) -> Void = { _, _ in }
  ) throws -> IngestReport {
    let tables = try located()
    let sources = try tables.flatMap { try $0.sources() }
    let digest = contentDigest(of: sources)
    guard try !catalog.holdsDataset(datasetName, contentDigest: digest) else {
      return IngestReport(
        outcome: .unchanged, sources: sources, recordsRead: 0, recordsKept: 0, flow: [],
        diagnostics: [])
    }
    var assembler = DatasetAssembler(
      descriptor: descriptor, tables: tables, policy: options.badRecords)
    var content = try assembler.read(progress: progress)
    content.name = datasetName
    content.contentDigest = digest
    guard !content.radiographs.isEmpty else {
      throw IngestError(
        .wrongFile,
        "\(assembler.imagesPath) has no records below its header that can be used; nothing was "
          + "ingested.")
    }
    var provenance = provenance
    provenance.sources = sources
    provenance.recordsRead = assembler.recordsRead
    provenance.recordsKept = content.radiographs.count
    provenance.flow = assembler.flow
    provenance.diagnostics = assembler.diagnostics
    try refuseWarnings(provenance.diagnostics)
    progress(.writing, content.radiographs.count)
    let outcome = try catalog.replaceDataset(
      content, onConflict: options.conflictPolicy, provenance: provenance)
    return IngestReport(outcome: outcome, provenance: provenance)
  }

  private func located() throws -> [LocatedTable] {
    let folder = try DatasetFolder(path: rootPath)
    let names = descriptor.tables.map(\.name)
    for name in options.tableFiles.keys.sorted() where !names.contains(name) {
      let nearest = names.nearest(to: name).map { "did you mean \($0)?" }
      throw IngestError(
        .invalidOption,
        "\(descriptor.name) has no table \(name); "
          + (nearest ?? "it has \(names.joined(separator: ", "))."))
    }
    return try descriptor.tables.compactMap { rule in
      try LocatedTable(rule, in: folder, replacement: options.tableFiles[rule.name])
    }
  }

  /// Identifies what would be written: the files, the descriptor and what changes what is read.
  private func contentDigest(of sources: [Provenance.Source]) -> String {
    let lines = sources.map { "\($0.role) \($0.fileName) \($0.sha256)" }
    let how = [
      "descriptor \(DatasetDescriptor.schemaVersion)", descriptor.text,
      descriptor.choices.joined(separator: " "), String(options.badRecords.maximumBadRecordCount),
    ]
    return FileDigest.sha256(of: (how + lines).joined(separator: "\n"))
  }

  private func refuseWarnings(_ diagnostics: [Diagnostic]) throws(IngestError) {
    guard options.badRecords.strictness == .strict,
      let first = diagnostics.first(where: { $0.severity == .warning })
    else { return }
    throw IngestError(
      .warnings, "\(first); nothing was ingested, because --strict allows no warnings.")
  }
}
