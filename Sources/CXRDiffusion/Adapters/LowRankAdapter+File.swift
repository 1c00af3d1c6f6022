// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import CXRTensor
internal import Foundation

extension LowRankAdapter {
  /// Reads an adapter.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - model: The model that it was made for.
  /// - Throws: `TensorError` with code `.mismatch` that names all that is unexpected, missing or of
  ///   another shape; `.outOfMemory`.
  public init(_ file: AdapterFile, of model: DiffusionModel) throws {
    var parts: [Part] = []
    var problems = AdapterProblems()
    problems.unexpected = file.unknownNames
    var taken: Set<AdapterKey.Map> = []
    for (network, weights) in [
      (UNet.files.folder, model.unet.adaptable),
      (TextEncoder.files.folder, model.textEncoder.adaptable),
    ] {
      for weight in weights {
        let map = AdapterKey.Map(network, weight.name)
        let name = "\(network).\(weight.name)"
        let down = file.tensors[AdapterKey(map: map, role: .down)]
        let up = file.tensors[AdapterKey(map: map, role: .up)]
        guard down != nil || up != nil else { continue }
        taken.insert(map)
        guard let down, let up else {
          problems.missing.append("\(name).\(down == nil ? Self.downName : Self.upName)")
          continue
        }
        let shape = weight.tensor.shape
        guard down.shape.count == 2, down.shape[0] > 0, down.shape[1] == shape[1],
          up.shape == [shape[0], down.shape[0]]
        else {
          problems.mismatched.append("\(name) \(up.shape) · \(down.shape), not \(shape)")
          continue
        }
        let device = weight.tensor.device
        parts.append(
          Part(
            network: network, weight: weight,
            update: LowRankUpdate(
              down: try Tensor(down).converted(to: .float32, on: device),
              up: try Tensor(up).converted(to: .float32, on: device),
              alpha: try file.alpha(network, weight.name, map, rank: down.shape[0]))))
      }
    }
    problems.unexpected += file.tensors.filter { !taken.contains($0.key.map) }.map(\.value.name)
    if parts.isEmpty && problems.isEmpty { problems.missing = ["every tensor"] }
    if let message = problems.message { throw TensorError(.mismatch, "\(file.path): \(message)") }
    self.init(parts)
  }

  /// Writes the adapter as `load_lora_weights` of diffusers reads it, with PEFT's names and, in the
  /// metadata, rank and α.
  ///
  /// - Parameter path: The path of the file; its folder must exist.
  /// - Throws: `FileError` with code `.unwritable`; `TensorError` if the device's work failed.
  public func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let metadata = try encoder.encode(metadata())
    try SafetensorsFile.write(
      state.stored(),
      metadata: [AdapterFile.metadataName: String(decoding: metadata, as: UTF8.self)],
      to: path)
  }

  /// What PEFT's configurations say, with the names of networks before their keys.
  private func metadata() -> [String: ConfigurationValue] {
    var metadata: [String: ConfigurationValue] = [:]
    for (network, parts) in Dictionary(grouping: parts, by: \.network) {
      // Newer releases of transformers have no such beginning, and endings of names count.
      let updates = parts.map { part in
        (name: part.weight.name.replacing("text_model.", with: ""), update: part.update)
      }
      let (rank, alpha) = (updates[0].update.rank, updates[0].update.alpha)
      func pattern(
        _ number: (LowRankUpdate) -> Double, otherThan usual: Double
      ) -> ConfigurationValue {
        let others = updates.filter { number($0.update) != usual }
        return .object(
          Dictionary(uniqueKeysWithValues: others.map { ($0.name, .number(number($0.update))) }))
      }
      let entries: [String: ConfigurationValue] = [
        "r": .number(Double(rank)), "lora_alpha": .number(alpha), "bias": "none",
        "rank_pattern": pattern({ Double($0.rank) }, otherThan: Double(rank)),
        "alpha_pattern": pattern(\.alpha, otherThan: alpha),
        "target_modules": .list(updates.map { .text($0.name) }),
      ]
      for (key, value) in entries { metadata["\(network).\(key)"] = value }
    }
    return metadata
  }
}

extension DiffusionModel {
  /// Moves the model's weights by an adapter.
  ///
  /// - Parameters:
  ///   - file: The adapter's file.
  ///   - scale: What its updates are multiplied by.
  /// - Throws: As ``LowRankAdapter/init(_:of:)``.
  public func merge(_ file: AdapterFile, scale: Double = 1) throws {
    try LowRankAdapter(file, of: self).merge(scale: scale)
  }
}
