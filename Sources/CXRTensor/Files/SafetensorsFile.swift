// SPDX-License-Identifier: Apache-2.0
public import CXRFiles

/// A safetensors file: a header in JSON, and the values of its tensors one after the other.
///
///     let file = try SafetensorsFile(path: "unet/diffusion_pytorch_model.safetensors")
///     file["conv_in.weight"]?.shape  // [320, 4, 3, 3]
///     file.metadata  // ["format": "pt"]
///
/// The header is checked whole before a value is believed: types, shapes, and ranges that cover the
/// file without gap or overlap.
///
/// - SeeAlso: <https://huggingface.co/docs/safetensors>.
public struct SafetensorsFile: Sendable {
  /// The path, as given.
  public let path: String
  /// Texts about the whole file, such as `format`.
  public let metadata: [String: String]
  /// The tensors.
  public let tensors: StoredTensors

  /// Opens a file.
  ///
  /// - Parameter path: The path of the file.
  /// - Throws: `FileError` with code `.missing` or `.unreadable`; `.truncated` for a file that ends
  ///   early; `.malformed` for one that breaks the rules, naming the tensor.
  /// - Complexity: O(tensors); values are not read.
  public init(path: String) throws(FileError) {
    try self.init(mapping: MappedFile(path: path), path: path)
  }

  init(mapping file: MappedFile, path: String) throws(FileError) {
    let header = try SafetensorsHeader(of: file, path: path)
    self.path = path
    metadata = header.metadata
    tensors = StoredTensors(
      header.entries.map {
        StoredTensor(
          name: $0.name, scalarType: $0.scalarType, shape: $0.shape, path: path,
          bytes: .mapped(file, $0.range))
      })
  }

  /// The names of the tensors, ascending.
  public var names: [String] { tensors.names }

  /// Returns the tensor of a name, or `nil`.
  ///
  /// - Parameter name: The name.
  public subscript(name: String) -> StoredTensor? { tensors[name] }
}
