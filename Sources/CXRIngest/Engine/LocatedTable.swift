// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRFiles
internal import CXRImage
internal import Foundation

/// A table of a descriptor whose files were found.
struct LocatedTable {
  let rule: TableRule
  let paths: [String]
  let format: TableRule.Format
  /// Those of ``TableRule/files`` that are not there.
  let missing: [String]
  /// The paths below the root, in the order of ``paths``; empty for one from elsewhere.
  private let names: [String]

  /// Finds the files of a table.
  ///
  /// - Returns: The table, or `nil` when it is optional and not there.
  /// - Throws: ``IngestError`` with code `.missingInput`, naming what was looked for.
  init?(
    _ rule: TableRule, in folder: DatasetFolder, replacement: String?
  ) throws(IngestError) {
    self.rule = rule
    var names = rule.files.filter { folder.path(of: $0) != nil }
    if names.isEmpty { names = rule.file.first { folder.path(of: $0) != nil }.map { [$0] } ?? [] }
    var paths = names.compactMap(folder.path(of:))
    if let replacement {
      let own = folder.path(of: replacement)
      guard
        let path = own
          ?? (FileManager.default.fileExists(atPath: replacement) ? replacement : nil)
      else {
        throw IngestError(
          .missingInput,
          "\(replacement) for table \(rule.name) is neither in \(folder.path) nor a path; check "
            + "--table.")
      }
      paths = [path]
      names = [own == nil ? "" : replacement]
    }
    guard let first = paths.first else {
      if rule.isOptional { return nil }
      let names = (rule.file + rule.files).joined(separator: ", ")
      throw IngestError(
        .missingInput,
        "\(folder.path) holds none of \(names), plain or with .gz; check --root, or name the file "
          + "with --table \(rule.name)=FILE.")
    }
    self.paths = paths
    self.names = names
    missing = replacement == nil ? rule.files.filter { folder.path(of: $0) == nil } : []
    format = rule.format ?? TableRule.Format(fileName: first) ?? .csv
  }

  /// Opens one of the files; the first record is the header.
  func open(_ path: String) throws -> any TableReader {
    switch format {
    case .csv: try csv(path)
    case .jsonl: try JSONLinesReader(path: path)
    case .xlsx: try XLSXReader(path: path)
    case .list:
      HeadedReader(try csv(path), header: rule.columns ?? ["value"])
    case .dicom: try DICOMFolderReader(path: path)
    case .text: try TextTableReader(path: path)
    case .images: try ImageFolderReader(path: path, below: name(of: path))
    }
  }

  private func name(of path: String) -> String {
    paths.firstIndex(of: path).map { names[$0] } ?? ""
  }

  private func csv(_ path: String) throws -> CSVReader {
    try CSVReader(path: path, encoding: rule.encoding, delimiter: rule.delimiter)
  }

  /// The files with their hashes; a folder's is that of its listing.
  func sources() throws -> [Provenance.Source] {
    try paths.enumerated().map { index, path in
      let role = index == 0 ? rule.name : "\(rule.name) \(index + 1)"
      guard DatasetFolder.isFolder(path) else {
        let digest = try FileDigest(path: path)
        return Provenance.Source(
          role: role, fileName: fileName(of: path), sha256: digest.sha256,
          byteCount: digest.byteCount)
      }
      let listing = try FolderListing(path: path)
      return Provenance.Source(
        role: role, fileName: fileName(of: path) + "/", sha256: listing.sha256,
        byteCount: listing.byteCount)
    }
  }
}

/// The files of a folder by name and size: the same on every machine that has them, without reading
/// them all.
private struct FolderListing {
  let sha256: String
  let byteCount: Int

  init(path: String) throws {
    let keys: Set<URLResourceKey> = [.fileSizeKey, .isRegularFileKey]
    let files = FileManager.default.enumerator(
      at: URL(filePath: path), includingPropertiesForKeys: Array(keys))
    var lines: [String] = []
    var byteCount = 0
    while let url = files?.nextObject() as? URL {
      let values = try url.resourceValues(forKeys: keys)
      guard values.isRegularFile == true else { continue }
      byteCount += values.fileSize ?? 0
      lines.append("\(url.path.dropFirst(path.count)) \(values.fileSize ?? 0)")
    }
    sha256 = FileDigest.sha256(of: lines.sorted().joined(separator: "\n"))
    self.byteCount = byteCount
  }
}
