// SPDX-License-Identifier: Apache-2.0
public import CXRFiles
internal import Foundation

/// A checkpoint in several weight files and an index that says which tensor lies in which.
///
///     let checkpoint = try ShardedCheckpoint(path: "model.safetensors.index.json")
///     checkpoint.shardNames  // ["model-00001-of-00002.safetensors", …]
///     checkpoint.tensors.count
///
/// Only tensors that the index lists are taken. The shards lie beside the index; a name that leads
/// elsewhere is refused.
public struct ShardedCheckpoint: Sendable {
  /// The path of the index, as given.
  public let path: String
  /// The names of the weight files, ascending.
  public let shardNames: [String]
  /// The tensors of all shards.
  public let tensors: StoredTensors

  private struct Index: Decodable {
    let weight_map: [String: String]
  }

  /// The most bytes of an index.
  private static let byteLimit = 64 << 20

  /// Opens an index and all its shards.
  ///
  /// - Parameter path: The path of the index.
  /// - Throws: `FileError` with code `.missing` when the index, shards or tensors of theirs are not
  ///   there, naming them; `.malformed` for an index that breaks the rules; and what opening a
  ///   shard throws.
  public init(path: String) throws(FileError) {
    try self.init(mapping: MappedFile(path: path), path: path)
  }

  init(mapping file: MappedFile, path: String) throws(FileError) {
    let weightMap = try Self.weightMap(of: file, path: path)
    let shardNames = Set(weightMap.values).sorted()
    let folder = URL(filePath: path).deletingLastPathComponent()
    func shardPath(_ name: String) -> String { folder.appending(path: name).path }
    if let name = shardNames.first(where: { !Self.isFileName($0) }) {
      throw FileError(
        .malformed,
        "\(path) names \(shown(name)) as a shard, which is no file beside it; "
          + "do not trust this index.")
    }
    let missing = shardNames.filter { !FileManager.default.fileExists(atPath: shardPath($0)) }
    guard missing.isEmpty else {
      throw FileError(
        .missing,
        "\(path): \(missing.count) of \(shardNames.count) shards are missing: "
          + "\(missing.prefix(10).map(shown).joined(separator: ", ")); download them into the same "
          + "folder.")
    }
    var tensors: [StoredTensor] = []
    for shardName in shardNames {
      let shard = try WeightFile(shard: shardPath(shardName))
      let names = weightMap.filter { $0.value == shardName }.keys.sorted()
      for name in names {
        guard let tensor = shard.tensors[name] else {
          throw FileError(
            .missing,
            "\(path) says that \(shown(name)) lies in \(shown(shardName)), but it does not; "
              + "download index and shards of the same model again.")
        }
        tensors.append(tensor)
      }
    }
    self.path = path
    self.shardNames = shardNames
    self.tensors = StoredTensors(tensors)
  }

  private static func weightMap(
    of file: MappedFile, path: String
  ) throws(FileError) -> [String: String] {
    guard file.count <= byteLimit else {
      throw FileError(
        .malformed,
        "\(path) has \(file.count) bytes; an index of shards has \(byteLimit) at most.")
    }
    let text = file.withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe Data($0) } }
    guard let index = try? JSONDecoder().decode(Index.self, from: text), !index.weight_map.isEmpty
    else {
      throw FileError(
        .malformed,
        "\(path) is no index of shards: it needs a weight_map from names of tensors to names of "
          + "files; download it again.")
    }
    return index.weight_map
  }

  /// Whether a name is that of a file in the same folder.
  private static func isFileName(_ name: String) -> Bool {
    !name.isEmpty && name != "." && name != ".." && !name.contains { "/\\\0".contains($0) }
  }
}
