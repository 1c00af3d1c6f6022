// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
public import CXRTensor
public import CXRText

/// A small model that has learned nothing, for images that a processor can learn in minutes.
///
///     var plan = NewModel(side: 64)
///     plan.pixels.mean = -0.2
///     try plan.model(LearnedVocabulary(of: prompts, limit: 2048), on: .cpu).write(to: "models/tiny")
///
/// The folder is laid out like a published one, and read by diffusers. Its autoencoder is a
/// ``PixelCoding``, since a learned one would take longer than the model itself; U-Net and text
/// encoder have random weights, and both must learn.
public struct NewModel: Hashable, Sendable {
  /// The sizes of U-Net and text encoder.
  public enum Size: String, CaseIterable, Sendable {
    /// 1.1 million weights in the U-Net.
    case tiny
    /// 4 million weights in the U-Net.
    case small
  }

  /// The width and height of images.
  public var side: Int
  /// The sizes of the networks.
  public var size = Size.tiny
  /// How pictures become latent ones.
  public var pixels = PixelCoding()
  /// What the U-Net learns to predict.
  ///
  /// Where next to nothing is left of a picture, a small error in the noise is a large one in the
  /// picture, and images of some seeds come out black; the velocity has no such end.
  public var prediction = PredictionType.velocity
  /// Decides over the weights.
  public var seed: UInt64 = 0

  /// Plans a model.
  ///
  /// - Parameter side: The width and height of images, a multiple of ``sideUnit``.
  public init(side: Int) { self.side = side }

  /// What the side of images has to be a multiple of.
  public var sideUnit: Int { pixels.reduction << (channels.count - 1) }

  /// Makes the model.
  ///
  /// - Parameters:
  ///   - vocabulary: The words of the prompts.
  ///   - device: Where it computes.
  /// - Returns: The model.
  /// - Throws: `TensorError` without libtorch or the device; `EncodingError` in no known case.
  /// - Precondition: ``side`` is a multiple of ``sideUnit``.
  public func model(
    _ vocabulary: LearnedVocabulary, on device: Device
  ) throws -> DiffusionModel {
    precondition(side > 0 && side.isMultiple(of: sideUnit), "a side of \(side)")
    var text = textEncoder
    text.vocabularySize = vocabulary.spellings.count
    // The noise of the first diffusion models, under which less is left of a picture at the end than
    // under that of Stable Diffusion, so that it is learned how bright a picture is.
    var sampler = SamplerConfiguration(.ddim)
    sampler.prediction = prediction
    sampler.cleanLimit = nil
    return DiffusionModel(
      unet: try DiffusionNetwork(unet, seed: seed, on: device),
      autoencoder: try pixels.autoencoder(side: side, on: device),
      textEncoder: try DiffusionNetwork(text, seed: seed &+ 1, on: device),
      companions: CompanionFiles(
        tokenizer: try vocabulary.files(contextLength: text.positionCount),
        scheduler: Array(try JSONDocument.encode(sampler))))
  }

  private var channels: [Int] {
    switch size {
    case .tiny: [16, 32, 64]
    case .small: [32, 64, 128]
    }
  }

  private var unet: UNetConfiguration {
    var unet = UNetConfiguration()
    unet.sampleSize = side / pixels.reduction
    (unet.inputChannels, unet.outputChannels) = (1, 1)
    unet.channels = channels
    // Attention over all pixels of the first level would cost more than everything else.
    unet.downBlocks = [.plain] + channels.dropFirst().map { _ in .attending }
    unet.upBlocks = unet.downBlocks.reversed()
    unet.layersPerBlock = channels.map { _ in 1 }
    unet.headCounts = channels.map { $0 / 16 }
    unet.normGroups = 8
    unet.transformerLayers = channels.map { _ in 1 }
    unet.contextWidth = textEncoder.width
    unet.projectsLinearly = true
    return unet
  }

  private var textEncoder: TextEncoderConfiguration {
    var text = TextEncoderConfiguration()
    text.width = size == .tiny ? 64 : 128
    text.hiddenWidth = 4 * text.width
    text.projectionWidth = text.width
    text.layerCount = 2
    text.headCount = text.width / 32
    text.activation = .gelu
    return text
  }
}
