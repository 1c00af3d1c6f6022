// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRDiffusion
import CXRTensor
import CXRTraining

/// How a diffusion model makes images.
struct SamplerOptions: ParsableArguments {
  /// A sampler as it is typed.
  enum Word: String, CaseIterable, ExpressibleByArgument {
    case pndm, ddim, ddpm, euler
    case dpmSolver = "dpm++"
    case eulerAncestral = "euler-a"

    /// The sampler.
    var kind: SamplerKind {
      switch self {
      case .pndm: .pndm
      case .ddim: .ddim
      case .ddpm: .ddpm
      case .euler: .euler
      case .dpmSolver: .dpmSolver
      case .eulerAncestral: .eulerAncestral
      }
    }
  }

  @Option(help: "How many steps lead from noise to an image.")
  var steps = 75

  @Option(help: "How far prompts are followed, from 1.")
  var guidance = 4.0

  @Option(help: "The share of the result that gets the spread of the prompt's answer, from 0 to 1.")
  var guidanceRescale = 0.0

  @Option(help: "The sampler (default: that of the model).")
  var sampler: Word?

  @Option(help: "What images are driven away from.")
  var negativePrompt = ""

  @Option(help: "The height of images in pixels (default: what the model was made for).")
  var height: Int?

  @Option(help: "The width of images in pixels (default: what the model was made for).")
  var width: Int?

  @Option(help: "The type that the U-Net computes in: float32, bfloat16 or float16.")
  var precision: Precision = .float32

  @Flag(
    name: .customLong("channels-last"),
    help: "Lay pictures out with channels last, as tensor cores want them.")
  var laysChannelsLast = false

  mutating func validate() throws {
    guard (1...1000).contains(steps) else { throw ValidationError("--steps takes 1 to 1000.") }
    guard (1...100).contains(guidance) else {
      throw ValidationError("--guidance takes 1 to 100.")
    }
    guard (0...1).contains(guidanceRescale) else {
      throw ValidationError("--guidance-rescale takes 0 to 1.")
    }
  }

  /// The options of sampling, with how many images a device works on together.
  func options(batchSize: Int) -> SamplingOptions {
    var options = SamplingOptions()
    options.steps = steps
    options.guidance = Guidance(scale: guidance, rescale: guidanceRescale)
    options.sampler = sampler?.kind
    options.negativePrompt = negativePrompt
    (options.height, options.width) = (height, width)
    options.unet = WeightLayout(
      precision.narrowType ?? .float32, laysChannelsLast ? .channelsLast : .contiguous)
    options.batchSize = batchSize
    return options
  }
}
