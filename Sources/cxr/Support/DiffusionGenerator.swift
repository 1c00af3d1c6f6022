// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRGeneration
import CXRTensor

/// A diffusion model as a generation run uses it; it stays on the thread of the tensors.
struct DiffusionGenerator: ImageGenerator {
  /// The model, and everything that bears on its images.
  let identity: ModelIdentity
  private let model: TextToImage

  /// Puts a generator together.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - name: A name for people.
  ///   - digest: What identifies the model's files.
  ///   - adapter: What identifies the file of its adapter, if any, and by how much it counts.
  ///   - device: Where the model computes.
  init(
    _ model: TextToImage, name: String, digest: String,
    adapter: (digest: String, scale: Double)? = nil, on device: Device
  ) {
    let options = model.options
    var settings = [
      "steps": "\(options.steps)", "guidance": "\(options.guidance.scale)",
      "guidanceRescale": "\(options.guidance.rescale)", "negativePrompt": options.negativePrompt,
      "sampler": model.sampler.kind.rawValue, "height": "\(model.size.height)",
      "width": "\(model.size.width)",
    ]
    if let adapter {
      settings["adapter"] = adapter.digest
      settings["adapterScale"] = "\(adapter.scale)"
    }
    // The last digits depend on these, and through them a few pixels do.
    switch device {
    case .cpu: settings["device"] = "cpu, threads: \(Torch.threadCount)"
    case .cuda: settings["device"] = "cuda, batch: \(options.batchSize)"
    }
    // Types, orders in memory, slices and tiles change them too. What is usual is not named, as in runs that were begun before.
    if options.unet.type != .float32 { settings["precision"] = "\(options.unet.type)" }
    if options.unet.order != .contiguous {
      settings["memoryOrder"] = options.unet.order.rawValue
    }
    if let count = options.parts.batchSize { settings["decodedTogether"] = "\(count)" }
    if let side = options.parts.tileSide { settings["tileSide"] = "\(side)" }
    identity = ModelIdentity(name: name, digest: digest, settings: settings)
    self.model = model
  }

  /// Makes images.
  func images(
    for requests: [ImageRequest], isWorking: () throws -> Void
  ) throws -> [GeneratedImage] {
    try model.images(
      for: requests.map(\.prompt), seeds: requests.map(\.seed), afterStep: isWorking
    ).map { picture in
      switch picture {
      case .image(let image): .image(image)
      case .notFinite: .failure(.notFinite)
      case .black: .failure(.black)
      }
    }
  }
}
