// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
public import CXRFiles

/// The tensors of a weight file, in ascending order of their names, and by name.
///
///     let tensors = try WeightFile(path: "vae.safetensors").tensors
///     tensors.names  // ["decoder.conv_in.bias", "decoder.conv_in.weight", …]
///     tensors["decoder.conv_in.bias"]?.shape  // [512]
public struct StoredTensors: RandomAccessCollection, Sendable {
  private let tensors: [StoredTensor]
  private let positions: [String: Int]

  /// Creates a collection.
  ///
  /// - Parameter tensors: The tensors, in any order.
  /// - Precondition: No name occurs twice.
  public init(_ tensors: some Sequence<StoredTensor>) {
    // By code points, as Python sorts, and not as Swift compares strings.
    self.tensors = tensors.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    positions = Dictionary(
      uniqueKeysWithValues: self.tensors.enumerated().map { ($1.name, $0) })
  }

  /// The first position, 0.
  public var startIndex: Int { 0 }
  /// The position behind the last tensor.
  public var endIndex: Int { tensors.count }
  /// Returns the tensor at a position.
  ///
  /// - Parameter position: A position in the order of names.
  public subscript(position: Int) -> StoredTensor { tensors[position] }

  /// Returns the tensor of a name, or `nil`.
  ///
  /// - Parameter name: The name.
  /// - Complexity: O(1).
  public subscript(name: String) -> StoredTensor? { positions[name].map { tensors[$0] } }

  /// The names, ascending.
  public var names: [String] { tensors.map(\.name) }

  /// The bytes of all tensors together.
  public var byteCount: Int { tensors.reduce(0) { $0 + $1.byteCount } }

  /// Returns the tensor of a name.
  ///
  /// - Parameter name: The name.
  /// - Returns: The tensor.
  /// - Throws: `FileError` with code `.missing` that names the most similar name.
  public func tensor(named name: String) throws(FileError) -> StoredTensor {
    if let tensor = self[name] { return tensor }
    let file = tensors.first?.path ?? "The file"
    let remedy =
      names.nearest(to: name).map { "did you mean \(shown($0))?" }
      ?? "check that the file belongs to this model."
    throw FileError(.missing, "\(file) has no tensor \(shown(name)) among \(count); \(remedy)")
  }
}
