// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
public import CXRTensor
internal import Foundation

/// A whole model: three networks, and the files of its tokenizer and scheduler.
///
///     let model = try DiffusionModel(DiffusionFolder(path: "stable-diffusion-2-1-base"), on: .cpu)
///     try model.write(to: "copy")
///
/// In Python, `StableDiffusionPipeline.from_pretrained` reads what is written.
public struct DiffusionModel {
  /// Predicts noise or velocity.
  public var unet: DiffusionNetwork<UNet>
  /// Maps pictures to latent ones and back.
  public var autoencoder: DiffusionNetwork<Autoencoder>
  /// Encodes prompts.
  public var textEncoder: DiffusionNetwork<TextEncoder>
  /// The other files.
  public var companions: CompanionFiles

  /// Puts a model together.
  public init(
    unet: DiffusionNetwork<UNet>, autoencoder: DiffusionNetwork<Autoencoder>,
    textEncoder: DiffusionNetwork<TextEncoder>, companions: CompanionFiles
  ) {
    self.unet = unet
    self.autoencoder = autoencoder
    self.textEncoder = textEncoder
    self.companions = companions
  }

  /// Reads a model.
  ///
  /// - Parameters:
  ///   - folder: Where it lies.
  ///   - device: Where it computes.
  ///   - layout: The type and the order in memory of the U-Net's weights; the other networks are
  ///     standard.
  /// - Throws: As ``DiffusionNetwork/init(folder:variant:on:as:)``.
  public init(
    _ folder: DiffusionFolder, on device: Device, unetAs layout: WeightLayout = .standard
  ) throws {
    self.init(
      unet: try folder.unet(on: device, as: layout),
      autoencoder: try folder.autoencoder(on: device),
      textEncoder: try folder.textEncoder(on: device),
      companions: try CompanionFiles(of: folder))
  }

  /// Writes the model, whole or not at all; a former one in the folder is replaced.
  ///
  /// - Parameter path: The path of the folder; it is made.
  /// - Throws: `FileError` with code `.unwritable`, `.malformed` for a scheduler without a class;
  ///   `TensorError` if the device's work failed.
  public func write(to path: String) throws {
    let index = try index()
    try AtomicFolder.write(to: path) { folder in
      func made(_ name: String) throws -> String {
        let path = "\(folder)/\(name)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
      }
      try unet.writeFiles(into: made(UNet.files.folder))
      try autoencoder.writeFiles(into: made(Autoencoder.files.folder))
      try textEncoder.writeFiles(into: made(TextEncoder.files.folder))
      let tokenizer = try made("tokenizer")
      for (name, bytes) in companions.tokenizer.sorted(by: { $0.key < $1.key }) {
        try AtomicFile.write(bytes, to: "\(tokenizer)/\(name)")
      }
      _ = try made("scheduler")
      try AtomicFile.write(companions.scheduler, to: "\(folder)/\(DiffusionFolder.schedulerName)")
      try JSONDocument.write(index, to: "\(folder)/\(DiffusionFolder.indexName)")
    }
  }

  private func index() throws -> ModelIndex {
    var index = ModelIndex(className: "StableDiffusionPipeline", parts: [:])
    for files in [UNet.files, Autoencoder.files, TextEncoder.files] {
      index.parts[files.folder] = .init(library: files.library, className: files.className)
    }
    index.parts["tokenizer"] = .init(
      library: "transformers", className: companions.tokenizerClass)
    index.parts["scheduler"] = .init(
      library: "diffusers", className: try companions.schedulerClass())
    return index
  }
}
