// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRFiles
internal import Foundation

/// The files of an NIH ChestX-ray14 folder that an ingest reads.
struct NIHFiles {
  let labels: String
  let ages: String
  let boxes: String?
  let trainList: String?
  let testList: String?

  /// The metadata generations, newest first: what people call them, and the file.
  private static let generations: [(names: [String], file: String)] = [
    (["v2020", "2020"], "Data_Entry_2017_v2020.csv"),
    (["v2017", "2017"], "Data_Entry_2017.csv"),
  ]

  init(rootPath: String, options: NIHIngester.Options) throws(IngestError) {
    let root = Folder(path: rootPath)
    guard root.exists else {
      throw IngestError(.missingInput, "There is no folder \(rootPath); check --root.")
    }
    let newest = Self.generations.lazy.compactMap { root.file($0.file) }.first
    let labels = try options.labelsFrom.map { name throws(IngestError) in
      try Self.metadata(name, in: root, option: "--labels-from")
    }
    guard let labels = labels ?? newest else {
      throw IngestError(
        .missingInput,
        "\(rootPath) holds none of \(Self.generations.map(\.file).joined(separator: ", ")), plain "
          + "or with .gz; check --root, or name the file with --labels-from.")
    }
    self.labels = labels
    ages =
      try options.agesFrom.map { name throws(IngestError) in
        try Self.metadata(name, in: root, option: "--ages-from")
      } ?? labels
    boxes = root.file("BBox_List_2017.csv")
    trainList = root.file("train_val_list.txt")
    testList = root.file("test_list.txt")
  }

  private static func metadata(
    _ name: String, in root: Folder, option: String
  ) throws(IngestError) -> String {
    let official = generations.first { $0.names.contains(name.lowercased()) }?.file
    if let path = root.file(official ?? name) { return path }
    if official == nil, let path = Folder(path: "").file(name) { return path }
    throw IngestError(
      .missingInput,
      "\(official ?? name) for \(option) is not in \(root.path); give v2017, v2020, a file name or "
        + "a path.")
  }

  /// What each file is read for.
  private var roles: [(role: String, path: String?)] {
    [
      ("labels", labels), ("ages", ages == labels ? nil : ages), ("boxes", boxes),
      ("official training list", trainList), ("official test list", testList),
    ]
  }

  /// The files with their hashes.
  func sources() throws -> [Provenance.Source] {
    try roles.compactMap { role, path in
      guard let path else { return nil }
      let digest = try FileDigest(path: path)
      return Provenance.Source(
        role: role, fileName: fileName(of: path), sha256: digest.sha256,
        byteCount: digest.byteCount)
    }
  }

  /// Identifies what would be written: the files, and the options that change what is read.
  func contentDigest(of sources: [Provenance.Source], options: NIHIngester.Options) -> String {
    let lines = sources.map { "\($0.role) \($0.fileName) \($0.sha256)" }
    return FileDigest.sha256(
      of: (["nih 1", String(options.badRecords.maximumBadRecordCount)] + lines)
        .joined(separator: "\n"))
  }
}

/// A folder in which official files lie, plain or compressed.
private struct Folder {
  let path: String

  var exists: Bool {
    var isFolder: ObjCBool = false
    let exists = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    return exists && isFolder.boolValue
  }

  /// The path of a file, or of its compressed form.
  func file(_ name: String) -> String? {
    let plain = path.isEmpty ? name : URL(filePath: path).appending(path: name).path
    return [plain, plain + ".gz"].first { candidate in
      var isFolder: ObjCBool = false
      let exists = unsafe FileManager.default.fileExists(
        atPath: candidate, isDirectory: &isFolder)
      return exists && !isFolder.boolValue
    }
  }
}

/// The name of a file without its folder.
func fileName(of path: String) -> String { URL(filePath: path).lastPathComponent }
