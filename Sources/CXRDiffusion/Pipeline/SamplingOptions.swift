// SPDX-License-Identifier: Apache-2.0

/// How images are made, beside their prompts and seeds.
///
///     var options = SamplingOptions()
///     options.steps = 75
///     options.guidance = Guidance(scale: 4)
public struct SamplingOptions: Hashable, Sendable {
  /// How many steps lead from noise to an image, at least 1; the multistep sampler of Stable
  /// Diffusion runs the network once more.
  public var steps = 50
  /// How far prompts are followed.
  public var guidance = Guidance(scale: 7.5)
  /// What images are driven away from; empty for what the model says without a prompt.
  public var negativePrompt = ""
  /// The height of images in pixels; `nil` for that which the model was made for.
  public var height: Int?
  /// The width of images in pixels; `nil` for that which the model was made for.
  public var width: Int?
  /// The sampler; `nil` for that of the model.
  public var sampler: SamplerKind?
  /// How the U-Net keeps its weights and computes; the other networks, and the sampler, are float32.
  ///
  /// A narrower type halves memory, and time on tensor cores. Images change with it.
  public var unet = WeightLayout.standard
  /// How many images an NVIDIA device works on together, at least 1.
  ///
  /// Fewer are filled up. It changes the last digits of the results.
  public var batchSize = 1
  /// What of a batch is decoded at once, where memory is short; tiles change the images.
  public var parts = PictureParts.whole

  /// Creates diffusers' defaults: 50 steps, guidance 7.5, the model's sampler and size.
  public init() {}
}
