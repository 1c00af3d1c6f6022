// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// The network of Stable Diffusion 1 and 2 that predicts what noise, or velocity, is in a latent
/// picture (Rombach et al., <https://arxiv.org/abs/2112.10752>), with diffusers' names and initial
/// numbers.
///
///     let network = try Network(seed: 7) { scope throws(TensorError) in
///       try UNet(.stableDiffusion2, in: scope)
///     }
///     let prediction = try network.module(latents, at: timesteps, context: prompts)
public struct UNet {
  private let configuration: UNetConfiguration
  private let input, output: Convolution
  private let time: TimestepEmbedding
  private let down: [UNetDownLevel]
  private let middle: UNetMiddle
  private let up: [UNetUpLevel]
  private let norm: GroupNorm

  /// Makes the network.
  ///
  /// - Throws: `TensorError` if memory is short.
  public init(
    _ configuration: UNetConfiguration, in scope: ParameterScope
  ) throws(TensorError) {
    let channels = configuration.channels
    self.configuration = configuration
    input = try scope.convolution(
      "conv_in", inputs: configuration.inputChannels, outputs: channels[0])
    time = try TimestepEmbedding(configuration, in: scope["time_embedding"])
    var down: [UNetDownLevel] = []
    var up: [UNetUpLevel] = []
    for level in channels.indices {
      down.append(try UNetDownLevel(level, configuration, in: scope))
    }
    middle = try UNetMiddle(configuration, in: scope["mid_block"])
    for index in channels.indices {
      up.append(try UNetUpLevel(index, configuration, in: scope))
    }
    (self.down, self.up) = (down, up)
    norm = try configuration.norm.layer("conv_norm_out", channels: channels[0], in: scope)
    output = try scope.convolution(
      "conv_out", inputs: channels[0], outputs: configuration.outputChannels)
  }

  /// Predicts what the model was trained to: the noise, the velocity or the picture.
  ///
  /// - Parameters:
  ///   - latents: Latent pictures with noise, `[batch, inputChannels, rows, columns]`; any sides.
  ///   - timesteps: How much noise: `[batch]`, or one number for all, whole or not.
  ///   - context: Encoded prompts, `[batch, positions, contextWidth]`.
  ///   - activations: What becomes of the blocks' intermediate results in training.
  /// - Returns: Shape `[batch, outputChannels, rows, columns]`.
  /// - Throws: `TensorError` with code `.refused` if the shapes do not fit, `.outOfMemory`.
  public func callAsFunction(
    _ latents: Tensor, at timesteps: Tensor, context: Tensor, activations: Activations = .kept
  ) throws(TensorError) -> Tensor {
    let shape = latents.shape
    guard shape.count == 4, [1, shape[0]].contains(timesteps.count) else {
      throw TensorError(
        .refused,
        "latents \(latents) and timesteps \(timesteps) do not fit; give latents of four axes and "
          + "a timestep for each, or one")
    }
    let condition = UNetCondition(
      time: try time(timesteps, as: latents.scalarType).silu(), context: context,
      activations: activations)
    var x = try input(configuration.centersInput ? latents * 2 - 1 : latents)
    var kept = [x]
    for level in down { x = try level(x, condition, keeping: &kept) }
    x = try middle(x, condition)
    for level in up { x = try level(x, condition, taking: &kept) }
    return try output(norm(x).silu())
  }
}
