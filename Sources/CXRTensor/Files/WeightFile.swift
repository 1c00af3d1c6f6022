// SPDX-License-Identifier: Apache-2.0
public import CXRFiles

/// A file of weights in any format that is read, recognised by its content.
///
///     let file = try WeightFile(path: "pytorch_model.bin")
///     file.format  // .torch
///     file.tensors.names
///
/// What a name ends in does not matter: many a `.bin` is safetensors, and many a `.ckpt` is an
/// archive.
public struct WeightFile: Sendable {
  /// A format of weight files.
  public enum Format: String, Sendable {
    /// One safetensors file.
    case safetensors
    /// An index and the weight files that it names.
    case sharded
    /// An archive that `torch.save` wrote.
    case torch
    /// One array in NumPy's format.
    case numPy
  }

  /// The path, as given.
  public let path: String
  /// The format.
  public let format: Format
  /// The tensors, of an archive those of its state dictionary.
  public let tensors: StoredTensors
  /// Texts about the whole file; only safetensors have them.
  public let metadata: [String: String]

  /// Opens a file.
  ///
  /// - Parameter path: The path of the file, or of the index of shards.
  /// - Throws: `FileError` with code `.missing` or `.unreadable`; `.truncated` for a file that ends
  ///   early; `.malformed` for one that breaks the rules of its format or has another one.
  /// - Complexity: As the format's own type says.
  public init(path: String) throws(FileError) {
    try self.init(path: path, admittingIndex: true)
  }

  /// Opens a file that an index names, and that therefore must not be one.
  init(shard path: String) throws(FileError) { try self.init(path: path, admittingIndex: false) }

  private init(path: String, admittingIndex: Bool) throws(FileError) {
    let file = try MappedFile(path: path)
    let content = WeightFileContent(of: file)
    self.path = path
    switch content {
    case .format(.safetensors):
      let safetensors = try SafetensorsFile(mapping: file, path: path)
      (tensors, metadata) = (safetensors.tensors, safetensors.metadata)
      format = .safetensors
    case .format(.sharded) where admittingIndex:
      (tensors, metadata) = (try ShardedCheckpoint(mapping: file, path: path).tensors, [:])
      format = .sharded
    case .format(.torch):
      (tensors, metadata) = (try TorchArchive(mapping: file, path: path).stateDictionary(), [:])
      format = .torch
    case .format(.numPy):
      (tensors, metadata) = (
        StoredTensors([try StoredTensor(mappingNumPyFile: file, path: path)]), [:]
      )
      format = .numPy
    case .format(.sharded):
      throw FileError(.malformed, "\(path) is an index of shards where a shard must be.")
    case .other(let what, let remedy):
      throw FileError(.malformed, "\(path) \(what); \(remedy)")
    }
  }
}
