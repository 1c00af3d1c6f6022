// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRCore
internal import CXRFiles

/// Reads a published file of thresholds into a catalog.
///
/// The file has a column `label` and one of the columns `bestthr`, `threshold`, `thr`.
public struct ThresholdFile: Sendable {
  /// The path of the CSV file, plain or compressed.
  public let path: String

  private static let valueNames = ["bestthr", "threshold", "thr"]

  /// Creates the import of a file.
  ///
  /// - Parameter path: The path of the CSV file, plain or compressed.
  public init(path: String) { self.path = path }

  /// Reads the file into a catalog, in one transaction.
  ///
  /// - Parameters:
  ///   - catalog: The catalog.
  ///   - dataset: The name of the dataset.
  ///   - model: The name of the model.
  ///   - provenance: The command; files and counts are filled in.
  /// - Returns: What was read; `.unchanged` when the model has these thresholds already.
  /// - Throws: ``IngestError``, `FileError` or `CatalogError`; the catalog then is as it was before.
  public func run(
    into catalog: Catalog, dataset: String, model: String, provenance: Provenance
  ) throws -> IngestReport {
    let digest = try FileDigest(path: path)
    let vocabulary = LabelVocabulary(nativeLabels: try catalog.nativeLabels(dataset: dataset))
    let thresholds = try thresholds(vocabulary, sha256: digest.sha256)
    var provenance = provenance
    provenance.sources = [
      Provenance.Source(
        role: "thresholds", fileName: fileName(of: path), sha256: digest.sha256,
        byteCount: digest.byteCount)
    ]
    provenance.recordsRead = thresholds.count
    provenance.recordsKept = thresholds.count
    let outcome = try catalog.setThresholds(
      thresholds, dataset: dataset, model: model, provenance: provenance)
    return IngestReport(outcome: outcome, provenance: provenance)
  }

  private func thresholds(
    _ vocabulary: LabelVocabulary, sha256: String
  ) throws -> [Threshold] {
    let reader = try CSVReader(path: path)
    var record = TableRecord()
    _ = try reader.read(into: &record)
    let header = record.strings.map { $0.lowercased() }
    guard let labelIndex = header.firstIndex(of: "label"),
      let valueIndex = Self.valueNames.lazy.compactMap({ header.firstIndex(of: $0) }).first
    else {
      throw IngestError(
        .wrongFile,
        "\(path): expected a header with label and one of "
          + "\(Self.valueNames.joined(separator: ", ")), found "
          + "\(HeaderText.found(record.strings)).")
    }
    var lineByLabel: [String: Int] = [:]
    var thresholds: [Threshold] = []
    while try reader.read(into: &record) {
      guard record.fieldCount == header.count else {
        throw IngestError(
          .badRecord,
          "\(path):\(record.line): \(record.fieldCount) fields where the header has "
            + "\(header.count); correct the file.")
      }
      let name = record.string(at: labelIndex)
      guard let label = vocabulary.scoreName(name) else {
        let suggestion = vocabulary.names.nearest(to: name).map { " Did you mean \($0)?" } ?? ""
        throw IngestError(
          .unknownName,
          "\(path):\(record.line): there is no label \(QuotedWords.cut(name)).\(suggestion)")
      }
      guard let value = record.finiteNumber(at: valueIndex) else {
        throw IngestError(
          .badRecord, "\(path):\(record.line): the threshold is no finite number; correct the file."
        )
      }
      if let line = lineByLabel.updateValue(record.line, forKey: label) {
        throw IngestError(
          .duplicate, "\(path): lines \(line) and \(record.line) are both of \(label).")
      }
      thresholds.append(
        Threshold(
          label: label, value: value, rule: "imported",
          source: "\(fileName(of: path)) (SHA-256 \(sha256))"))
    }
    guard !thresholds.isEmpty else {
      throw IngestError(.wrongFile, "\(path) has no thresholds below its header.")
    }
    return thresholds
  }
}
