// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import CXRIngest
internal import Foundation

/// Digests of what stages read from outside the study.
///
/// The digest of a file is kept together with size, time of modification and inode, and taken again when
/// one of them has changed.
final class InputDigests {
  /// What tells whether a file is still the one whose digest was taken.
  private struct Mark: Codable, Equatable {
    let byteCount: Int
    let modified: Double
    let inode: Int
  }

  private struct Entry: Codable {
    let mark: Mark
    let sha256: String
  }

  /// Folders with more files than this are known by names, sizes and times.
  private static let contentLimit = 2_000

  private let path: String
  private var entries: [String: Entry]
  private var isChanged = false

  /// Takes up the digests that were kept; a file of them that cannot be read counts as none.
  init(path: String) {
    self.path = path
    entries = (try? JSONDocument.read([String: Entry].self, from: path)) ?? [:]
  }

  /// Keeps the digests for another time.
  func save() throws {
    guard isChanged else { return }
    try JSONDocument.write(entries, to: path)
    isChanged = false
  }

  /// The digest of an input, by the paths that it consists of.
  ///
  /// - Throws: ``StudyError`` with code `.missingInput`, naming what was looked for.
  func digest(of input: StageInput) throws -> [String: String] {
    switch input {
    case .path(let path): return [path: try digest(ofPath: path)]
    case .dataset(let files):
      do {
        let paths = try Self.descriptor(of: files).files(
          in: files.root, tables: Self.pairs(files.tables))
        return try Dictionary(
          paths.map { ($0, try digest(ofPath: $0)) }, uniquingKeysWith: { first, _ in first })
      } catch let error as IngestError {
        throw StudyError(.missingInput, error.message)
      }
    }
  }

  private static func descriptor(of files: StageInput.DatasetFiles) throws -> DatasetDescriptor {
    let choices = pairs(files.choices)
    if let manifest = files.manifest {
      guard FileManager.default.fileExists(atPath: manifest) else {
        throw StudyError(.missingInput, "There is no descriptor \(manifest); check the path.")
      }
      return try DatasetDescriptor(path: manifest, choices: choices)
    }
    return try DatasetDescriptor.builtIn(files.descriptor, choices: choices)
  }

  private static func pairs(_ words: [String]) -> [String: String] {
    Dictionary(
      words.compactMap { word in
        let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
        return parts.count == 2 ? (parts[0], parts[1]) : nil
      }, uniquingKeysWith: { _, last in last })
  }

  private func digest(ofPath path: String) throws -> String {
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw StudyError(.missingInput, "There is no file or folder \(path); check the manifest.")
    }
    return isFolder.boolValue ? try digest(ofFolder: path) : try digest(ofFile: path)
  }

  private func digest(ofFile path: String) throws -> String {
    let mark = try Self.mark(path)
    if let entry = entries[path], entry.mark == mark { return entry.sha256 }
    let sha256 = try FileDigest(path: path).sha256
    entries[path] = Entry(mark: mark, sha256: sha256)
    isChanged = true
    return sha256
  }

  private func digest(ofFolder path: String) throws -> String {
    var files: [String] = []
    let walk = FileManager.default.enumerator(atPath: path)
    while let name = walk?.nextObject() as? String {
      if walk?.fileAttributes?[.type] as? FileAttributeType == .typeRegular { files.append(name) }
    }
    let lines = try files.sorted().map { name in
      let file = "\(path)/\(name)"
      guard files.count > Self.contentLimit else { return "\(name) \(try digest(ofFile: file))" }
      let mark = try Self.mark(file)
      return "\(name) \(mark.byteCount) \(mark.modified)"
    }
    return FileDigest.sha256(of: lines.joined(separator: "\n"))
  }

  private static func mark(_ path: String) throws -> Mark {
    // What a link leads to counts, not the link.
    let target = URL(filePath: path).resolvingSymlinksInPath().path
    let attributes = try FileManager.default.attributesOfItem(atPath: target)
    return Mark(
      byteCount: (attributes[.size] as? NSNumber)?.intValue ?? 0,
      modified: (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0,
      inode: (attributes[.systemFileNumber] as? NSNumber)?.intValue ?? 0)
  }
}
