// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import CXRTensor
internal import Foundation

/// A file of low-rank adapters, as diffusers, PEFT or kohya's scripts write it.
///
/// What diffusers says of α in the metadata counts, or what kohya's files have beside the weights;
/// without either α is the rank.
///
///     let file = try AdapterFile(path: "chest/pytorch_lora_weights.safetensors")
///     try model.merge(file, scale: 0.8)
public struct AdapterFile: Sendable {
  /// The path of the file.
  public let path: String
  /// The tensors by what they are for: first the linear map, in a spelling of its own.
  let tensors: [AdapterKey: StoredTensor]
  /// The names that stand for nothing in an adapter.
  let unknownNames: [String]
  /// What the metadata say of each network, by its name.
  let metadata: [String: [String: ConfigurationValue]]

  /// Opens a file.
  ///
  /// - Parameter given: The path of the file, or of a folder with `pytorch_lora_weights.safetensors`.
  /// - Throws: `FileError` for a file that is missing or damaged, with code `.malformed` for one in
  ///   which two names stand for one tensor, or adapters are of another kind than LoRA.
  public init(path given: String) throws {
    var isFolder: ObjCBool = false
    let exists = unsafe FileManager.default.fileExists(atPath: given, isDirectory: &isFolder)
    path = exists && isFolder.boolValue ? "\(given)/\(Self.name)" : given
    let file = try WeightFile(path: path)
    metadata = try Self.metadata(file)
    var tensors: [AdapterKey: StoredTensor] = [:]
    var unknownNames: [String] = []
    for tensor in file.tensors {
      guard let key = AdapterKey(tensor.name) else {
        unknownNames.append(tensor.name)
        continue
      }
      if let other = tensors.updateValue(tensor, forKey: key) {
        throw FileError(
          .malformed,
          "\(path): \(AdapterProblems.shown(other.name)) and \(AdapterProblems.shown(tensor.name)) "
            + "stand for the same tensor; save one of them.")
      }
    }
    self.tensors = tensors
    self.unknownNames = unknownNames
  }

  /// The name that diffusers looks for in a folder.
  public static let name = "pytorch_lora_weights.safetensors"

  /// The SHA-256 of the file.
  ///
  /// - Throws: `FileError` if it cannot be read.
  /// - Complexity: O(bytes).
  public func digest() throws -> String { try FileDigest(path: path).sha256 }

  /// α of an update, as the file has it.
  ///
  /// - Parameters:
  ///   - network: The name of the network.
  ///   - map: The name of the linear map in it.
  ///   - key: The same in the spelling of ``tensors``.
  ///   - rank: The rank of the update.
  /// - Returns: α.
  /// - Throws: `TensorError` without libtorch.
  func alpha(_ network: String, _ map: String, _ key: AdapterKey.Map, rank: Int) throws -> Double {
    if let stored = tensors[AdapterKey(map: key, role: .alpha)] {
      return try Tensor(stored).item()
    }
    let metadata = metadata[network] ?? [:]
    var alpha = Double(rank)
    if case .number(let number)? = metadata["lora_alpha"] { alpha = number }
    if case .object(let pattern)? = metadata["alpha_pattern"] {
      for (name, value) in pattern {
        guard case .number(let number) = value else { continue }
        let ending = name.hasPrefix("^") ? String(name.dropFirst()) : name
        if ".\(map)".hasSuffix(".\(ending)") { alpha = number }
      }
    }
    return metadata["use_rslora"] == true ? alpha * Double(rank).squareRoot() : alpha
  }

  static let metadataName = "lora_adapter_metadata"

  private static func metadata(
    _ file: WeightFile
  ) throws(FileError) -> [String: [String: ConfigurationValue]] {
    guard let text = file.metadata[metadataName] else { return [:] }
    guard
      let entries = try? JSONDecoder().decode(
        [String: ConfigurationValue].self, from: Data(text.utf8))
    else {
      throw FileError(
        .malformed, "\(file.path): its metadata \(metadataName) are no JSON object; save it anew.")
    }
    var metadata: [String: [String: ConfigurationValue]] = [:]
    for (name, value) in entries {
      let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
      if parts.count == 2 { metadata[parts[0], default: [:]][parts[1]] = value }
    }
    let kinds = ["use_dora", "lora_bias"].filter { kind in
      metadata.values.contains { $0[kind] == true }
    }
    guard kinds.isEmpty else {
      throw FileError(
        .malformed,
        "\(file.path) says \(kinds.joined(separator: " and ")), which is not supported; train a plain "
          + "LoRA.")
    }
    return metadata
  }
}
