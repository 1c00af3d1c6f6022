// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRCore
internal import CXRFiles

/// Reads a published split from lists of images or of patients.
///
///     let importer = SplitImporter(dataset: "nih", name: "published", lists: [
///       .init(part: "train", path: "TrainSubjectID.csv"), .init(part: "test", path: "TestSubjectid.csv"),
///     ])
///
/// A list holds one image name or one patient identifier per line, with or without a header. A table
/// with the columns `split` and one of the usual image columns, or `patient`, holds all parts at once.
public struct SplitImporter: Sendable {
  /// A file and the part that it lists.
  public struct List: Hashable, Sendable {
    /// The part, or `nil` for a table with a column `split`.
    public let part: String?
    /// The path of the file.
    public let path: String

    /// Creates a list.
    ///
    /// - Parameters:
    ///   - part: The part, or `nil` for a table with a column `split`.
    ///   - path: The path of the file.
    public init(part: String?, path: String) {
      self.part = part
      self.path = path
    }
  }

  /// The name of the dataset.
  public let dataset: String
  /// The name to give to the split.
  public let name: String
  /// The files.
  public let lists: [List]

  private static let patientColumns = ["patient", "patientid", "subjectid"]

  /// Creates an importer.
  ///
  /// - Parameters:
  ///   - dataset: The name of the dataset.
  ///   - name: The name to give to the split.
  ///   - lists: The files.
  public init(dataset: String, name: String, lists: [List]) {
    self.dataset = dataset
    self.name = name
    self.lists = lists
  }

  /// Reads the files into a catalog, in one transaction.
  ///
  /// - Parameters:
  ///   - catalog: The catalog.
  ///   - policy: What to do when the name is taken by another split.
  ///   - provenance: The command; files, counts and diagnostics are filled in.
  /// - Returns: What was read; `.unchanged` when the catalog has the split already.
  /// - Throws: ``IngestError``, `FileError` or `CatalogError`; the catalog then is as it was before.
  public func run(
    into catalog: Catalog, onConflict policy: ConflictPolicy = .refuse, provenance: Provenance
  ) throws -> IngestReport {
    let (content, provenance) = try content(for: catalog, provenance: provenance)
    let outcome = try catalog.addSplit(
      content, dataset: dataset, onConflict: policy, provenance: provenance)
    return IngestReport(outcome: outcome, provenance: provenance)
  }

  /// Reads the files without storing anything.
  ///
  /// - Parameters:
  ///   - catalog: The catalog, which is only read.
  ///   - provenance: The command; files, counts and diagnostics are filled in.
  /// - Returns: What was read; the outcome is `.unchanged`.
  /// - Throws: As ``run(into:onConflict:provenance:)`` does, but for names that are taken and images
  ///   that are in two parts by their pixels.
  public func check(against catalog: Catalog, provenance: Provenance) throws -> IngestReport {
    IngestReport(
      outcome: .unchanged, provenance: try content(for: catalog, provenance: provenance).1)
  }

  private func content(
    for catalog: Catalog, provenance: Provenance
  ) throws -> (SplitContent, Provenance) {
    let patientByImage = try catalog.patientKeys(dataset: dataset)
    var members = SplitMembers(patientByImage: patientByImage)
    var provenance = provenance
    for list in lists {
      let digest = try FileDigest(path: list.path)
      provenance.sources.append(
        Provenance.Source(
          role: list.part.map { "list of \($0)" } ?? "table of parts",
          fileName: fileName(of: list.path), sha256: digest.sha256, byteCount: digest.byteCount))
      var tally = RecordTally(fileName: fileName(of: list.path), policy: BadRecordPolicy())
      let kept = try read(list, into: &members, tally: &tally)
      provenance.recordsRead += tally.readCount
      provenance.recordsKept += kept
      provenance.diagnostics += tally.diagnostics
    }
    guard !members.partByImage.isEmpty else {
      throw IngestError(
        .wrongFile, "None of the lists names an image or a patient of \(dataset); are they swapped?"
      )
    }
    try members.requireDisjointParts()
    let content = SplitContent(
      name: name, method: "imported", seed: nil,
      detail: lists.map { fileName(of: $0.path) }.joined(separator: ", "),
      partByImageName: members.partByImage)
    return (content, provenance)
  }

  /// Reads one file.
  ///
  /// - Returns: The number of records that name an image or a patient of the dataset.
  private func read(
    _ list: List, into members: inout SplitMembers, tally: inout RecordTally
  ) throws -> Int {
    let reader = try CSVReader(path: list.path)
    var record = TableRecord()
    guard try reader.read(into: &record) else { return 0 }
    let header = record.strings.map { Finding.folded($0) }
    let known = (PredictionLayout.idNames + Self.patientColumns).map { Finding.folded($0) }
    let keyIndex = known.lazy.compactMap { header.firstIndex(of: $0) }.first
    let partIndex = header.firstIndex(of: "split")
    guard list.part != nil || (keyIndex != nil && partIndex != nil) else {
      throw IngestError(
        .wrongFile,
        "\(list.path): a file without a part needs the columns split and image or patient, found "
          + "\(HeaderText.found(record.strings)); or give PART=FILE.")
    }
    var kept = 0
    var isRecord = keyIndex == nil
    repeat {
      defer { isRecord = true }
      guard isRecord else { continue }
      tally.countRead()
      guard record.fieldCount == header.count else {
        throw IngestError(
          .badRecord,
          "\(list.path):\(record.line): \(record.fieldCount) fields where \(header.count) are "
            + "expected; correct the file.")
      }
      let part = list.part ?? partIndex.map { record.string(at: $0) } ?? ""
      let isMember = members.add(
        record.string(at: keyIndex ?? 0), to: part, place: "\(list.path):\(record.line)")
      if isMember {
        kept += 1
      } else {
        tally.warn(
          "unknown-member", "lines without an image or a patient of \(dataset)", line: record.line)
      }
    } while try reader.read(into: &record)
    return kept
  }
}
