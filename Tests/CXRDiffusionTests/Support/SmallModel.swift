// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRFiles
import CXRTensor
import CXRTestSupport
import Foundation

/// A model of small networks in a folder of its own.
struct SmallModel {
  let folder: TemporaryFolder
  var path: String { folder.path("model") }

  /// Writes the model.
  init() throws {
    folder = try TemporaryFolder()
    try Self.model().write(to: path)
  }

  /// The model in memory.
  static func model(seed: UInt64 = 1) throws -> DiffusionModel {
    DiffusionModel(
      unet: try DiffusionNetwork(SmallNetworks.unet, seed: seed, on: .cpu),
      autoencoder: try DiffusionNetwork(SmallNetworks.autoencoder, seed: seed + 1, on: .cpu),
      textEncoder: try DiffusionNetwork(SmallNetworks.textEncoder, seed: seed + 2, on: .cpu),
      companions: CompanionFiles(
        tokenizer: ["vocab.json": Array("{}".utf8), "merges.txt": Array("#version: 0.2\n".utf8)],
        scheduler: Array(#"{"_class_name": "DDIMScheduler"}"#.utf8)))
  }

  /// Gives a model in a folder a tokenizer that can be used.
  static func addTokenizer(to path: String) throws {
    for (name, bytes) in try SmallTokenizer.files() {
      try Data(bytes).write(to: URL(filePath: "\(path)/tokenizer/\(name)"))
    }
  }

  func open(
    variant: String? = nil, text: DiffusionFolder.TextSource = .standard
  ) throws(FileError) -> DiffusionFolder {
    try DiffusionFolder(path: path, variant: variant, text: text)
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: "\(path)/\(name)")
  }

  func move(_ name: String, to other: String) throws {
    try FileManager.default.moveItem(atPath: "\(path)/\(name)", toPath: "\(path)/\(other)")
  }

  /// Changes values of a JSON file; `nil` removes one.
  func edit(_ name: String, _ changes: [String: (any Sendable)?]) throws {
    let url = URL(filePath: "\(path)/\(name)")
    var object =
      try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any] ?? [:]
    for (key, value) in changes { object[key] = value }
    try JSONSerialization.data(withJSONObject: object).write(to: url)
  }

  /// Writes the tensors of a file of weights anew.
  func rewrite(
    _ name: String, to other: String? = nil, _ change: ([StoredTensor]) throws -> [StoredTensor]
  ) throws {
    let tensors = try WeightFile(path: "\(path)/\(name)").tensors
    try SafetensorsFile.write(change(Array(tensors)), to: "\(path)/\(other ?? name)")
    if let other, other != name { try remove(name) }
  }

  static let unetWeights = "unet/diffusion_pytorch_model.safetensors"
  static let autoencoderWeights = "vae/diffusion_pytorch_model.safetensors"
  static let textWeights = "text_encoder/model.safetensors"
}

extension StateDictionary {
  /// Whether another dictionary has the same names in the same order, and the same numbers.
  func equals(_ other: StateDictionary) throws -> Bool {
    guard names == other.names else { return false }
    return try zip(entries, other.entries).allSatisfy {
      try $0.tensor.values(as: Float.self) == $1.tensor.values(as: Float.self)
    }
  }
}
