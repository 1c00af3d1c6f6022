// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRFiles
public import Foundation

/// A run that makes images from prompts, checks them, and keeps those that pass.
///
///     let session = try GenerationSession(
///       settings, folder: "runs/balanced", catalog: catalog, generator: model, judges: judges)
///     try session.begin(provenance: provenance)
///     try session.run(work) { print($0.finishedCount) }
///
/// Work is claimed in the catalog, a batch at a time. Any number of processes may run the same session
/// at the same time, die at any moment, and begin again with other batches and shards: the files and
/// the log come out the same, byte for byte, as long as the generator and the judges keep their word.
public struct GenerationSession {
  /// What the run is bound to.
  public let record: RunRecord
  /// The run as the catalog knows it.
  public let content: GenerationRunContent
  let folder: String
  let catalog: Catalog
  let generator: any ImageGenerator
  let control: QualityControl

  /// The name of the run.
  public var name: String { record.settings.name }

  /// Prepares a run; nothing is written.
  ///
  /// - Parameters:
  ///   - settings: What decides which images come out.
  ///   - folder: The folder of the images; it is made.
  ///   - catalog: Where prompts come from and the log goes.
  ///   - generator: What makes the images.
  ///   - judges: What checks them; of two that tell the same, the first is asked.
  /// - Throws: ``GenerationError`` with code `.invalidSetting` or `.unusableModel`; `CatalogError` with
  ///   code `.unknownName` for an unknown prompt set.
  public init(
    _ settings: GenerationSettings, folder: String, catalog: Catalog,
    generator: any ImageGenerator, judges: [any Judge]
  ) throws {
    try settings.validate()
    for judge in judges {
      for case .race(let known) in judge.aspects where known.isEmpty {
        throw GenerationError(
          .unusableModel, "\(judge.identity.name) knows no race; leave it out.")
      }
    }
    record = RunRecord(
      settings: settings, promptSetDigest: try catalog.promptSet(settings.promptSet).contentDigest,
      generator: generator.identity, judges: judges.map(\.identity))
    self.folder = URL(filePath: folder, directoryHint: .notDirectory).standardizedFileURL.path
    content = GenerationRunContent(
      name: settings.name, folder: self.folder, promptSet: settings.promptSet,
      promptSetDigest: record.promptSetDigest,
      configurationJSON: String(decoding: try JSONDocument.encode(record), as: UTF8.self),
      attemptLimit: settings.regenerations + 1)
    self.catalog = catalog
    self.generator = generator
    control = QualityControl(settings.predicates, judges: judges)
  }

  /// Enters the run into the catalog, or finds it again, and makes its folder.
  ///
  /// Replacing a run removes its log, and its images if the new one is in the same folder. Several
  /// processes may begin the same run with `.replace`: the first one replaces, the others find the run
  /// to be theirs, as it has their settings and models. The catalog changes first; until the former
  /// files are out of the way, which the catalog knows, no process gets past this method. A process
  /// that dies therefore leaves the former run whole, or the new one and nothing made of it.
  ///
  /// - Parameters:
  ///   - policy: What to do when the name is taken by a run with other settings or models.
  ///   - provenance: The command that generates.
  ///   - now: The time.
  /// - Returns: `.unchanged` if the run has begun before.
  /// - Throws: `CatalogError` with code `.conflict` when the name or the folder is another run's, or a
  ///   process works on the run that would be replaced;
  ///   ``GenerationError`` with code `.empty` if there is nothing to make; `FileError` with code
  ///   `.unwritable`, also for a folder that holds images of no known run.
  @discardableResult
  public func begin(
    onConflict policy: ConflictPolicy = .refuse, provenance: Provenance, now: Date = .now
  ) throws -> WriteOutcome {
    let settings = record.settings
    var prompts: [PromptRecord] = []
    try catalog.forEachPrompt(of: settings.promptSet) {
      prompts.append($0.prompt)
      return true
    }
    let copies = try settings.copies.counts(for: prompts, seed: settings.seed)
    // Another process may begin the same run meanwhile, so what is found is looked up again.
    if try !isFolderOfRun(), let found = imageFolders.first, try !isFolderOfRun() {
      throw FileError(
        .unwritable, "\(found) holds images of no run of this catalog; name another folder.")
    }
    let outcome = try catalog.addGenerationRun(
      content, copies: copies, onConflict: policy, provenance: provenance
    ) { owner, until in
      until > Int(now.timeIntervalSince1970) && !ProcessIdentity.isGone(owner)
    }
    let former = FormerFiles(folder: folder)
    try catalog.takeFormerFiles(of: name) { try former.setAside(imageFolders) }
    former.remove()
    try makeFolder(folder)
    try write(Data(content.configurationJSON.utf8))
    return outcome
  }

  /// Whether the catalog has a run in the folder; only then are images there its own to remove.
  private func isFolderOfRun() throws -> Bool {
    try catalog.generationRuns().contains { $0.folder == folder }
  }

  /// Writes what the run is bound to beside its images, unless another process has done so.
  private func write(_ document: Data) throws(FileError) {
    let path = "\(folder)/generation.json"
    let isWritten = { FileManager.default.contents(atPath: path) == document }
    guard !isWritten() else { return }
    do {
      try AtomicFile.write(Array(document), to: path)
    } catch {
      guard isWritten() else { throw error }
    }
  }

  /// The folders with images that are there.
  private var imageFolders: [String] {
    ["images", "rejected"].map { "\(folder)/\($0)" }
      .filter(FileManager.default.fileExists(atPath:))
  }

  /// Makes a folder, and those above it.
  func makeFolder(_ path: String) throws(FileError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw FileError(
        .unwritable,
        "\(path) cannot be made; check the folder above it, its permissions and the free space.",
        cause: error)
    }
  }
}
