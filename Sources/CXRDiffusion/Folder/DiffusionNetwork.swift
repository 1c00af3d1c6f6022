// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
public import CXRTensor
internal import Foundation

/// One network of a model: its sizes, its computation and its weights.
///
///     let unet = try DiffusionNetwork<UNet>(folder: "stable-diffusion-2-1-base/unet", on: .cpu)
///     let prediction = try unet.module(latents, at: timesteps, context: prompts)
public struct DiffusionNetwork<Module: DiffusionComponent> {
  /// The sizes.
  public let configuration: Module.Configuration
  /// The computation.
  public let module: Module
  /// The weights; the computation uses these very tensors.
  public let state: StateDictionary
  /// The weights of its linear maps, in the order in which they were made.
  let adaptable: [AdaptableWeight]
  /// What was unusual about the files that it was read from, in phrases for a person to read.
  public let notes: [String]

  /// Makes a network that has learned nothing.
  ///
  /// - Parameters:
  ///   - configuration: Its sizes.
  ///   - seed: Decides over the weights.
  ///   - device: Where it computes.
  /// - Throws: `TensorError` without libtorch or the device, or if memory is short.
  public init(
    _ configuration: Module.Configuration, seed: UInt64, on device: Device
  ) throws(TensorError) {
    let network = try Network(seed: seed, on: device) { scope throws(TensorError) in
      try Module(configuration, in: scope)
    }
    self.configuration = configuration
    (module, state, adaptable) = (network.module, network.state, network.adaptable)
    notes = []
  }

  /// Reads a network.
  ///
  /// - Parameters:
  ///   - folder: The folder with `config.json` and the weights, as safetensors or an archive of
  ///     `torch.save`, in one file or in shards.
  ///   - variant: The variant of the weights that is preferred, such as `fp16`; types are
  ///     converted.
  ///   - device: Where it computes.
  ///   - layout: The type and the order in memory of the weights.
  /// - Throws: `FileError` for files that are missing, damaged or not supported; `TensorError` with
  ///   code `.mismatch` if the weights are not those of the configuration; without libtorch or the
  ///   device.
  public init(
    folder: String, variant: String? = nil, on device: Device, as layout: WeightLayout = .standard
  ) throws {
    let configuration = try JSONDocument.read(
      Module.Configuration.self, from: Self.configurationPath(folder))
    let name = try Module.files.weightFileName(in: folder, variant: variant)
    let path = "\(folder)/\(name)"
    let tensors = try WeightFile(path: path).tensors
    let network = try Network(unfilledOn: device, as: layout.type, order: layout.order) {
      scope throws(TensorError) in
      try Module(configuration, in: scope)
    }
    var notes = try network.state.load(tensors, from: path)
    if let variant, !name.contains(".\(variant).") {
      notes.append("no weights of the variant \(variant); \(name) read")
    }
    self.configuration = configuration
    (module, state, adaptable) = (network.module, network.state, network.adaptable)
    self.notes = notes
  }

  /// Writes the network, whole or not at all; a former one in the folder is replaced.
  ///
  /// The names are those of published files, which every release of diffusers and transformers
  /// reads.
  ///
  /// - Parameter folder: The folder; it is made.
  /// - Throws: `FileError` with code `.unwritable`; `TensorError` if the device's work failed.
  public func write(to folder: String) throws {
    try AtomicFolder.write(to: folder) { try writeFiles(into: $0) }
  }

  /// Writes the files into a folder that is there.
  func writeFiles(into folder: String) throws {
    try JSONDocument.write(configuration, to: Self.configurationPath(folder))
    try SafetensorsFile.write(
      state.stored(), to: "\(folder)/\(Module.files.safetensorsStem).safetensors")
  }

  static func configurationPath(_ folder: String) -> String { "\(folder)/config.json" }
}
