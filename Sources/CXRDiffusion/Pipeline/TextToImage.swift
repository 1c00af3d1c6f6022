// SPDX-License-Identifier: Apache-2.0
public import CXRTensor
public import CXRText

/// Makes gray images from prompts with a model of Stable Diffusion 1 or 2.
///
///     var options = SamplingOptions()
///     options.guidance = Guidance(scale: 4)
///     let model = try TextToImage(DiffusionFolder(path: "roentgen-v2"), options, on: .cuda(0))
///     let pictures = try model.images(
///       for: ["50 year old female. Normal chest radiograph."], seeds: [7])
///
/// On the processor images are worked on one after the other, because a larger batch changes the last
/// digits, as another `Torch.threadCount` does. On an NVIDIA device they are worked on together, in
/// batches that always have ``SamplingOptions/batchSize`` images; there too the last digits are
/// another size's others.
public struct TextToImage {
  /// How images are made.
  public let options: SamplingOptions
  /// The sampler, with the values of the model's file.
  public let sampler: SamplerConfiguration
  /// The height and width of images, in pixels.
  public let size: (height: Int, width: Int)
  /// What was unusual about the files of weights, in phrases for a person to read.
  public let notes: [String]
  private let encoder: PromptEncoder
  private let denoiser: Denoiser
  private let autoencoder: DiffusionNetwork<Autoencoder>
  private let device: Device

  /// Reads a model.
  ///
  /// - Parameters:
  ///   - folder: Where it lies.
  ///   - options: How images are made.
  ///   - adapter: An adapter that is merged into the model's weights, and what its updates are
  ///     multiplied by.
  ///   - device: Where it computes.
  /// - Throws: As ``DiffusionNetwork/init(folder:variant:on:as:)`` and
  ///   ``LowRankAdapter/init(_:of:)``; ``SamplerError`` for a
  ///   configuration that is not supported, or too many steps; `TextError` for a damaged tokenizer;
  ///   `TensorError` with code `.refused` for sides that the model cannot make.
  public init(
    _ folder: DiffusionFolder, _ options: SamplingOptions = .init(),
    adapter: (file: AdapterFile, scale: Double)? = nil, on device: Device
  ) throws {
    // What is quickly read is refused before weights are.
    let sampler = try SamplerConfiguration(file: folder.schedulerPath, as: options.sampler)
    _ = try sampler.makeSampler(steps: options.steps)
    let tokenizer = try CLIPTokenizer(folder: folder.tokenizerPath)
    _ = try Self.size(
      options, unet: folder.unetConfiguration, autoencoder: folder.autoencoderConfiguration)
    let model = try DiffusionModel(folder, on: device, unetAs: options.unet)
    if let adapter { try model.merge(adapter.file, scale: adapter.scale) }
    try self.init(model, tokenizer: tokenizer, sampler: sampler, options, on: device)
  }

  /// Puts a model together.
  ///
  /// - Parameters:
  ///   - model: The networks, all on the device; the U-Net as the options say.
  ///   - tokenizer: Cuts prompts into tokens.
  ///   - sampler: The sampler.
  ///   - options: How images are made; the kind of sampler in it is not looked at.
  ///   - device: Where the networks compute.
  /// - Throws: ``SamplerError`` for too many steps; `TensorError` with code `.refused` for sides
  ///   that the model cannot make.
  public init(
    _ model: DiffusionModel, tokenizer: CLIPTokenizer, sampler: SamplerConfiguration,
    _ options: SamplingOptions, on device: Device
  ) throws {
    _ = try sampler.makeSampler(steps: options.steps)
    size = try Self.size(
      options, unet: model.unet.configuration, autoencoder: model.autoencoder.configuration)
    self.options = options
    self.sampler = sampler
    self.device = device
    notes = model.unet.notes + model.autoencoder.notes + model.textEncoder.notes
    encoder = PromptEncoder(tokenizer, model.textEncoder.module, on: device)
    denoiser = Denoiser(
      unet: model.unet.module, guidance: options.guidance, layout: options.unet)
    autoencoder = model.autoencoder
  }

  /// Makes images.
  ///
  /// - Parameters:
  ///   - prompts: The prompts; what is beyond 77 tokens is not seen, as ``truncation(of:)`` tells.
  ///   - seeds: The seed of each image; all 64 bits count for the noise that it begins with, and 32
  ///     on the processor for that which random samplers add.
  ///   - afterStep: Called after each step of the sampler; a device may still be working on it.
  /// - Returns: What came of each prompt, in order.
  /// - Throws: `CancellationError` between two steps; `TensorError` with code `.outOfMemory`; what
  ///   `afterStep` throws.
  /// - Precondition: There is a seed for each prompt.
  public func images(
    for prompts: [String], seeds: [UInt64], afterStep: () throws -> Void = {}
  ) throws -> [SampledPicture] {
    precondition(prompts.count == seeds.count, "\(seeds.count) seeds")
    let size = device == .cpu ? 1 : options.batchSize
    var pictures: [SampledPicture] = []
    for start in stride(from: 0, to: prompts.count, by: size) {
      let count = min(size, prompts.count - start)
      // The last one fills the batch up, so that all batches are of one size.
      let indices = (0..<size).map { start + min($0, count - 1) }
      pictures += try batch(
        indices.map { prompts[$0] }, indices.map { seeds[$0] }, afterStep
      ).prefix(count)
    }
    return pictures
  }

  /// The end of a prompt that the model does not see, as the tokenizer spells it; `nil` if it sees
  /// all.
  public func truncation(of prompt: String) -> String? {
    encoder.tokenizer.truncation(of: prompt)
  }

  private func batch(
    _ prompts: [String], _ seeds: [UInt64], _ afterStep: () throws -> Void
  ) throws -> [SampledPicture] {
    try withInference {
      let perLatent = autoencoder.configuration.pixelsPerLatent
      let shape = [
        autoencoder.configuration.latentChannels, size.height / perLatent, size.width / perLatent,
      ]
      let latents = try denoiser.latents(
        from: LatentNoise.batch(seeds: seeds, shape: shape, on: device),
        by: sampler.makeSampler(steps: options.steps), prompts: encoder.encode(prompts),
        empty: encoder.encode([options.negativePrompt]),
        fresh: ImageNoise(seeds: seeds, on: device), afterStep: afterStep)
      let pictures = try autoencoder.module.decode(
        latents / autoencoder.configuration.scalingFactor, in: options.parts)
      return try prompts.indices.map { try SampledPicture(pictures.selected($0)) }
    }
  }

  /// The sides that are asked for, or else those that the model was made for.
  private static func size(
    _ options: SamplingOptions, unet: UNetConfiguration, autoencoder: AutoencoderConfiguration
  ) throws(TensorError) -> (height: Int, width: Int) {
    let perLatent = autoencoder.pixelsPerLatent
    let native = (unet.sampleSize ?? 64) * perLatent
    let size = (height: options.height ?? native, width: options.width ?? native)
    guard
      [size.height, size.width].allSatisfy({ side in
        (1...4096).contains(side) && side.isMultiple(of: perLatent)
      })
    else {
      throw TensorError(
        .refused,
        "Images of \(size.height) × \(size.width) pixels are asked for; this model makes sides "
          + "that are multiples of \(perLatent), up to 4096.")
    }
    return size
  }
}
