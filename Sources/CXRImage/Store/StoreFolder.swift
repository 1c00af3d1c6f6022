// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import Foundation

/// The files of an image store and their names.
///
/// `store.json` says what the store is to hold, `shard-00000.npy` and its successors hold the pixels,
/// `index.csv` says what lies where. While a store is being built, each finished shard has an index
/// of its own, `shard-00000.csv`; `index.csv` marks the store as complete.
struct StoreFolder: Sendable {
  let path: String

  var descriptionPath: String { "\(path)/store.json" }
  var indexPath: String { "\(path)/index.csv" }
  func pixelsPath(_ shard: Int) -> String { "\(path)/\(Self.name(shard)).npy" }
  func shardIndexPath(_ shard: Int) -> String { "\(path)/\(Self.name(shard)).csv" }

  private static func name(_ shard: Int) -> String {
    "shard-" + String(repeating: "0", count: max(0, 5 - "\(shard)".count)) + "\(shard)"
  }

  /// Whether all shards are there and indexed.
  var isComplete: Bool { FileManager.default.fileExists(atPath: indexPath) }

  /// Whether the folder holds a store, complete or not.
  ///
  /// - Parameter description: What the store is to hold.
  /// - Returns: `false` for a folder that is empty or does not exist.
  /// - Throws: `FileError` with code `.unwritable` if the folder holds anything else.
  func holds(_ description: StoreDescription) throws(FileError) -> Bool {
    var isFolder: ObjCBool = false
    let exists = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    guard !exists || isFolder.boolValue else {
      throw FileError(.unwritable, "\(path) is a file; name a folder.")
    }
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    guard !entries.isEmpty else { return false }
    guard let found = try? StoreDescription(path: descriptionPath) else {
      throw FileError(
        .unwritable, "\(path) holds files that are no image store; name another folder.")
    }
    guard found == description else {
      throw FileError(
        .unwritable,
        "\(path) holds a store of other radiographs, or prepared in another way; name another "
          + "folder, or remove that one.")
    }
    return true
  }

  /// Makes the folder, or takes one that holds the same store, and makes it ready for building.
  ///
  /// - Parameter description: What the store is to hold.
  /// - Throws: `FileError` with code `.unwritable` if the folder holds anything else.
  func prepare(for description: StoreDescription) throws(FileError) {
    guard try holds(description) else {
      do {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      } catch {
        throw FileError(
          .unwritable, "\(path) cannot be made; check the path and its permissions.", cause: error)
      }
      return try AtomicFile.write(description.json, to: descriptionPath)
    }
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    // What a killed run was writing when it ended.
    for entry in entries where entry.hasSuffix(".part") {
      try? FileManager.default.removeItem(atPath: "\(path)/\(entry)")
    }
    guard isComplete else { return }
    // Each shard gets its own index back, so that some can be built again and the rest be kept.
    let index = try Self.radiographs(path: indexPath)
    if index.count == description.radiographCount {
      for shard in 0..<description.shardCount {
        let rows = Array(index[description.radiographs(ofShard: shard)])
        try Self.write(rows, to: shardIndexPath(shard))
      }
    }
    try? FileManager.default.removeItem(atPath: indexPath)
  }

  /// Writes the index of the store, which completes it, and removes those of the shards.
  ///
  /// - Parameters:
  ///   - index: All radiographs, in order.
  ///   - shardCount: The number of shards.
  /// - Throws: `FileError` with code `.unwritable`.
  func complete(_ index: [StoredRadiograph], shardCount: Int) throws(FileError) {
    try Self.write(index, to: indexPath)
    for shard in 0..<shardCount {
      try? FileManager.default.removeItem(atPath: shardIndexPath(shard))
    }
  }

  /// Reads an index.
  ///
  /// - Parameter path: The path of the index of the store or of a shard.
  /// - Returns: The radiographs in order.
  /// - Throws: `FileError`, with code `.malformed` for a damaged row.
  static func radiographs(path: String) throws(FileError) -> [StoredRadiograph] {
    let reader = try CSVReader(path: path)
    var record = TableRecord()
    guard try reader.read(into: &record), record.strings == StoredRadiograph.header else {
      throw FileError(.malformed, "\(path):1: this is no index of an image store.")
    }
    var radiographs: [StoredRadiograph] = []
    while try reader.read(into: &record) {
      guard let radiograph = StoredRadiograph(fields: record.strings) else {
        throw FileError(
          .malformed, "\(path):\(record.line): the row is damaged; build the store again.")
      }
      radiographs.append(radiograph)
    }
    return radiographs
  }

  /// Writes an index, whole or not at all.
  static func write(_ radiographs: [StoredRadiograph], to path: String) throws(FileError) {
    var table = CSVWriter(header: StoredRadiograph.header)
    for radiograph in radiographs { table.append(radiograph.fields) }
    try AtomicFile.write(table.bytes, to: path)
  }
}
