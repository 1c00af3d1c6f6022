// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRTensor

/// A model in the manner of Stable Diffusion 2 with a U-Net of 18 million numbers, as `make_data.py` has
/// it written by diffusers.
struct DiffusionInput: Sendable {
  /// The folder of the model.
  let folder: String
  /// The threads of one operator.
  let threads: Int

  /// Images of 128 × 128 from prompts by DDIM in 10 steps, guided, without reading the model.
  @TensorActor func sampler() throws -> @TensorActor () throws -> Void {
    Torch.threadCount = threads
    var options = SamplingOptions()
    options.steps = 10
    options.guidance = Guidance(scale: 4)
    options.sampler = .ddim
    let model = try TextToImage(DiffusionFolder(path: folder), options, on: .cpu)
    _ = try model.images(for: ["0"], seeds: [0])
    return {
      for seed in 1...8 { _ = try model.images(for: ["\(seed)"], seeds: [UInt64(seed)]) }
    }
  }

  /// Steps of AdamW of the U-Net on a batch of four latent pictures.
  @TensorActor func learner() throws -> @TensorActor () throws -> Void {
    Torch.threadCount = threads
    let unet = try DiffusionFolder(path: folder).unet(on: .cpu)
    let optimizer = try Optimizer(.adamW(weightDecay: 0.01), of: unet.state.parameters)
    let generator = try Generator(seed: 7)
    let latents = try Tensor.normal([4, 4, 16, 16], from: generator)
    let noise = try Tensor.normal([4, 4, 16, 16], from: generator)
    let context = try Tensor.normal([4, 77, 256], from: generator)
    let timesteps = try Tensor([17, 250, 501, 981], shape: [4])
    func step() throws(TensorError) {
      let output = try unet.module(latents, at: timesteps, context: context)
      try (output - noise).squared().mean().backward()
      try optimizer.step(learningRate: 1e-5)
      try optimizer.clearGradients()
    }
    try step()
    return { for _ in 0..<8 { try step() } }
  }
}
