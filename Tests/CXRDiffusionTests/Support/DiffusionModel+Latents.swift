// SPDX-License-Identifier: Apache-2.0
import CXRTensor

@testable import CXRDiffusion

extension DiffusionModel {
  /// Lets an autoencoder that has learned nothing tell pictures apart as a trained one does: each
  /// channel of their latent pictures gets the mean 0 and the deviation 1, and there is no chance.
  func spreadLatents(of images: PromptedImages) throws {
    let channels = autoencoder.configuration.latentChannels
    guard let weight = autoencoder.state["quant_conv.weight"],
      let bias = autoencoder.state["quant_conv.bias"]
    else { return }
    try withoutGradients {
      try weight.slice(channels..<2 * channels).fill(0)
      try bias.slice(channels..<2 * channels).fill(-30)
      let latents = try Tensor.joined(
        (0..<images.count).map {
          try autoencoder.module.encode(images.picture(at: $0, channels: 3)).mean
        }, along: 0)
      for channel in 0..<channels {
        let numbers = try latents.selected(channel, along: 1).values(as: Double.self)
        let mean = numbers.reduce(0, +) / Double(numbers.count)
        let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
        let factor = 1 / variance.squareRoot() / autoencoder.configuration.scalingFactor
        let (row, term) = (
          try weight.slice(channel..<channel + 1), try bias.slice(channel..<channel + 1)
        )
        try row.scale(by: factor)
        try term.fill((term.item() - mean) * factor)
      }
    }
  }
}
