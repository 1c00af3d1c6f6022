// SPDX-License-Identifier: Apache-2.0
public import CXRFiles
public import CXRTensor
internal import Foundation

/// A folder with a model of Stable Diffusion 1 or 2, as diffusers lays it out.
///
///     let folder = try DiffusionFolder(path: "stable-diffusion-2-1-base", variant: "fp16")
///     let unet = try folder.unet(on: .cuda(0))
///
/// Only the networks, the tokenizer and the scheduler are looked at; a safety checker and whatever
/// else lies there are not. What does not fit together is found before any weights are read.
public struct DiffusionFolder: Sendable {
  /// Where the text encoder and the tokenizer lie.
  public enum TextSource: String, CaseIterable, Codable, Sendable {
    /// In `text_encoder` and `tokenizer`.
    case standard
    /// Both in `text_encoder_and_tokenizer`, where RoentGen-v2 keeps fine-tuned ones.
    case fineTuned
  }

  /// The path, as given.
  public let path: String
  /// The variant of the weights that is preferred.
  public let variant: String?
  /// What the folder says that it holds.
  public let index: ModelIndex
  /// The folder of the tokenizer's files.
  public let tokenizerPath: String
  /// The folder of the text encoder.
  public let textEncoderPath: String
  /// The sizes of the U-Net.
  public let unetConfiguration: UNetConfiguration
  /// The sizes of the autoencoder.
  public let autoencoderConfiguration: AutoencoderConfiguration
  /// The sizes of the text encoder.
  public let textEncoderConfiguration: TextEncoderConfiguration

  /// Looks into a folder; no weights are read.
  ///
  /// - Parameters:
  ///   - path: The path of the folder.
  ///   - variant: The variant of the weights that is preferred, such as `fp16`.
  ///   - text: Where the text encoder and the tokenizer lie.
  /// - Throws: `FileError` with code `.missing` that names all that is missing, `.malformed` for
  ///   configurations that are not supported or do not fit together.
  public init(
    path: String, variant: String? = nil, text: TextSource = .standard
  ) throws(FileError) {
    self.path = path
    self.variant = variant
    let combined = "\(path)/text_encoder_and_tokenizer"
    textEncoderPath = text == .fineTuned ? combined : "\(path)/\(TextEncoder.files.folder)"
    let tokenizer = text == .fineTuned ? combined : "\(path)/tokenizer"
    tokenizerPath = tokenizer
    let unetPath = "\(path)/\(UNet.files.folder)/config.json"
    let autoencoderPath = "\(path)/\(Autoencoder.files.folder)/config.json"
    let textPath = "\(textEncoderPath)/config.json"
    try Self.requireFiles(
      [[unetPath], [autoencoderPath], [textPath], ["\(path)/\(Self.schedulerName)"]]
        + ["vocab.json", "merges.txt"].map { name in
          ["\(tokenizer)/\(name)", "\(tokenizer)/tokenizer.json"]
        }, of: path)
    index = try Self.index(of: path)
    unetConfiguration = try JSONDocument.read(from: unetPath)
    autoencoderConfiguration = try JSONDocument.read(from: autoencoderPath)
    textEncoderConfiguration = try JSONDocument.read(from: textPath)
    try checkWidths()
  }

  /// The path of the scheduler's configuration.
  public var schedulerPath: String { "\(path)/\(Self.schedulerName)" }

  /// Reads the U-Net.
  ///
  /// - Parameters:
  ///   - device: Where it computes.
  ///   - layout: The type and the order in memory of the weights.
  /// - Returns: The network.
  /// - Throws: As ``DiffusionNetwork/init(folder:variant:on:as:)``.
  public func unet(
    on device: Device, as layout: WeightLayout = .standard
  ) throws -> DiffusionNetwork<UNet> {
    try DiffusionNetwork(
      folder: "\(path)/\(UNet.files.folder)", variant: variant, on: device, as: layout)
  }

  /// Reads the autoencoder.
  ///
  /// - Throws: As ``DiffusionNetwork/init(folder:variant:on:as:)``.
  public func autoencoder(on device: Device) throws -> DiffusionNetwork<Autoencoder> {
    try DiffusionNetwork(
      folder: "\(path)/\(Autoencoder.files.folder)", variant: variant, on: device)
  }

  /// Reads the text encoder.
  ///
  /// - Throws: As ``DiffusionNetwork/init(folder:variant:on:as:)``.
  public func textEncoder(on device: Device) throws -> DiffusionNetwork<TextEncoder> {
    try DiffusionNetwork(folder: textEncoderPath, variant: variant, on: device)
  }

  static let schedulerName = "scheduler/scheduler_config.json"
  static let indexName = "model_index.json"

  /// Refuses a folder that lacks files.
  ///
  /// - Parameters:
  ///   - files: Of each list one file must be there.
  ///   - path: The folder.
  /// - Throws: `FileError` with code `.missing` that names the first of each list.
  private static func requireFiles(_ files: [[String]], of path: String) throws(FileError) {
    let missing = files.filter { !$0.contains(where: FileManager.default.fileExists(atPath:)) }
    guard let first = missing.first else { return }
    let names = missing.map { $0[0].dropFirst(path.count + 1) }.joined(separator: ", ")
    guard missing.count < files.count else {
      throw FileError(
        .missing,
        "\(path) is no model of diffusers: it has neither \(first[0].dropFirst(path.count + 1)) "
          + "nor another file of one; name the folder with model_index.json.")
    }
    throw FileError(
      .missing, "\(path) is no whole model: \(names) missing; download or copy it again.")
  }

  /// Reads the index; a folder without one is taken for what its parts say.
  private static func index(of path: String) throws(FileError) -> ModelIndex {
    let indexPath = "\(path)/\(indexName)"
    guard FileManager.default.fileExists(atPath: indexPath) else {
      return ModelIndex(className: "StableDiffusionPipeline", parts: [:])
    }
    let index = try JSONDocument.read(ModelIndex.self, from: indexPath)
    for files in [UNet.files, Autoencoder.files, TextEncoder.files] {
      guard let part = index.parts[files.folder] else { continue }
      guard [files.className, "\(files.className)WithProjection"].contains(part.className) else {
        throw FileError(
          .malformed,
          "\(indexPath) says that \(files.folder) is \(ConfigurationValue.text(part.className)), "
            + "and only \(files.className) is supported; name a model of Stable Diffusion 1 or 2.")
      }
    }
    return index
  }

  /// Refuses parts that cannot work on each other's results.
  private func checkWidths() throws(FileError) {
    var problems: [String] = []
    if unetConfiguration.contextWidth != textEncoderConfiguration.width {
      problems.append(
        "the U-Net takes prompts of \(unetConfiguration.contextWidth) numbers a position, and the "
          + "text encoder gives \(textEncoderConfiguration.width)")
    }
    let latentChannels = autoencoderConfiguration.latentChannels
    if [unetConfiguration.inputChannels, unetConfiguration.outputChannels]
      != [latentChannels, latentChannels]
    {
      problems.append(
        "the U-Net takes \(unetConfiguration.inputChannels) channels and gives "
          + "\(unetConfiguration.outputChannels), and latent pictures have \(latentChannels)")
    }
    guard problems.isEmpty else {
      throw FileError(
        .malformed,
        "\(path): \(problems.joined(separator: "; ")); name a folder of one text-to-image model.")
    }
  }
}
