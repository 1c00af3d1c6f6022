// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRTestSupport
import Foundation
import Testing

@Suite("Sampler configuration")
struct SamplerConfigurationTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The file of Stable Diffusion 2-base.
  static let pndm = """
    {"_class_name": "PNDMScheduler", "_diffusers_version": "0.8.0", "beta_end": 0.012,
     "beta_schedule": "scaled_linear", "beta_start": 0.00085, "clip_sample": false,
     "num_train_timesteps": 1000, "set_alpha_to_one": false, "skip_prk_steps": true,
     "steps_offset": 1, "trained_betas": null}
    """

  func read(_ text: String, as kind: SamplerKind? = nil) throws -> SamplerConfiguration {
    try SamplerConfiguration(
      file: folder.write(text, to: "scheduler_config.json"), as: kind)
  }

  @Test("Reads the file of Stable Diffusion 2-base")
  func readsFile() throws {
    let configuration = try read(Self.pndm)
    #expect(configuration == .stableDiffusion(.pndm))
    #expect(configuration.spacing == .leading)
  }

  @Test("Takes the defaults of the class that the file is read as")
  func takesDefaultsOfTheReader() throws {
    let solver = try read(Self.pndm, as: .dpmSolver)
    #expect(solver == .stableDiffusion(.dpmSolver))
    #expect(solver.spacing == .linspace)
    #expect(solver.stepsOffset == 1)
    let stated = Self.pndm.dropLast() + ", \"timestep_spacing\": \"leading\"}"
    #expect(try read(String(stated), as: .dpmSolver).spacing == .leading)
  }

  @Test("Has the defaults of diffusers' classes")
  func hasDefaults() throws {
    let ddim = try read(#"{"_class_name": "DDIMScheduler"}"#)
    #expect(ddim.cleanLimit == 1)
    #expect(ddim.finalSignal == .clean)
    #expect(ddim.spacing == .leading)
    #expect(ddim.betaShape == .linear)
    #expect(ddim.betaStart == 0.0001 && ddim.betaEnd == 0.02)
    let ddpm = try read(#"{"_class_name": "DDPMScheduler", "clip_sample_range": 2}"#)
    #expect(ddpm.cleanLimit == 2)
    #expect(ddpm.variance == .small)
    let euler = try read(#"{"_class_name": "EulerDiscreteScheduler"}"#)
    #expect(euler.spacing == .linspace)
    #expect(euler.cleanLimit == nil)
  }

  @Test("Reads Python's infinity, and leaves the word alone in a string")
  func readsInfinity() throws {
    let words = """
      {"_class_name": "DPMSolverMultistepScheduler", "lambda_min_clipped": -Infinity,
       "_note": "a \\"NaN\\" and Infinity", "solver_order": 3, "solver_type": "heun"}
      """
    let configuration = try read(words)
    #expect(configuration.leastLogRatio == -.infinity)
    #expect(configuration.solver.order == 3)
    #expect(configuration.solver.slope == .heun)
  }

  @Test("Writes what it reads again", arguments: SamplerKind.allCases)
  func writesWhatItReads(_ kind: SamplerKind) throws {
    let path = folder.path("scheduler_config.json")
    var configuration = SamplerConfiguration(kind)
    for _ in 0..<2 {
      try configuration.write(to: path)
      #expect(try SamplerConfiguration(file: path) == configuration)
      configuration = .stableDiffusion(kind, prediction: .velocity)
      configuration.spacing = .trailing
      configuration.trainedBetas = Array(repeating: 0.01, count: 1000)
      if kind != .pndm { configuration.terminal = .zero }
      if kind == .ddpm { configuration.variance = .large }
      if kind == .ddim { configuration.cleanLimit = 2.5 }
      if kind == .dpmSolver {
        configuration.solver.equation = .stochastic
        configuration.solver.order = 1
        configuration.solver.endsWithFirstOrder = true
        configuration.solver.lowersLastOrders = false
        configuration.leastLogRatio = -5.1
      }
      if kind == .dpmSolver || kind == .euler {
        configuration.sigmas = .karras
        configuration.finalSigma = .least
      }
    }
    try configuration.write(to: path)
    #expect(try SamplerConfiguration(file: path) == configuration)
  }

  /// A file, and words that the error must have.
  struct Refusal: Sendable, CustomTestStringConvertible {
    let file: String
    let code: SamplerError.Code
    let words: [String]
    var testDescription: String { file }
  }

  static let refusals = [
    Refusal(
      file: #"{"_class_name": "LCMScheduler"}"#, code: .unsupported,
      words: ["_class_name is LCMScheduler", "PNDMScheduler", "EulerDiscreteScheduler"]),
    Refusal(file: "{}", code: .malformed, words: ["_class_name is missing", "DDIMScheduler"]),
    Refusal(file: "[1, 2]", code: .malformed, words: ["not an object of JSON"]),
    Refusal(file: #"{"_class_name": "#, code: .malformed, words: ["not an object of JSON"]),
    Refusal(
      file: #"{"_class_name": "DDIMScheduler", "prediction_type": "flow"}"#, code: .unsupported,
      words: ["prediction_type is flow", "epsilon, v_prediction, sample"]),
    Refusal(
      file: #"{"_class_name": "DDIMScheduler", "beta_schedule": "sigmoid"}"#, code: .unsupported,
      words: ["beta_schedule is sigmoid", "squaredcos_cap_v2"]),
    Refusal(
      file: #"{"_class_name": "DDIMScheduler", "beta_end": "0.02"}"#, code: .malformed,
      words: ["beta_end is \"0.02\"", "a number from"]),
    Refusal(
      file: #"{"_class_name": "DDIMScheduler", "beta_end": 1.5}"#, code: .malformed,
      words: ["beta_end is 1.5"]),
    Refusal(
      file: #"{"_class_name": "DDIMScheduler", "num_train_timesteps": 10.5}"#, code: .malformed,
      words: ["num_train_timesteps is 10.5", "whole"]),
    Refusal(
      file: #"{"_class_name": "DDIMScheduler", "trained_betas": [0.1, 0.2]}"#, code: .malformed,
      words: ["2 trained_betas for 1000"]),
    Refusal(
      file: #"{"_class_name": "DDIMScheduler", "clip_sample": 1}"#, code: .malformed,
      words: ["clip_sample is 1", "true or false"]),
    Refusal(
      file: #"{"_class_name": "DDIMScheduler", "thresholding": true}"#, code: .unsupported,
      words: ["thresholding is true", "known is false"]),
    Refusal(
      file: #"{"_class_name": "PNDMScheduler"}"#, code: .unsupported,
      words: ["skip_prk_steps is absent, and so false", "known is true"]),
    Refusal(
      file: #"{"_class_name": "DPMSolverMultistepScheduler", "algorithm_type": "dpmsolver"}"#,
      code: .unsupported, words: ["algorithm_type is dpmsolver", "sde-dpmsolver++"]),
    Refusal(
      file: #"{"_class_name": "DPMSolverMultistepScheduler", "use_lu_lambdas": true}"#,
      code: .unsupported, words: ["use_lu_lambdas is true"]),
    Refusal(
      file: #"{"_class_name": "EulerDiscreteScheduler", "timestep_type": "continuous"}"#,
      code: .unsupported, words: ["timestep_type is continuous", "discrete"]),
    Refusal(
      file: #"{"_class_name": "EulerDiscreteScheduler", "sigma_min": 0.1}"#, code: .unsupported,
      words: ["sigma_min is 0.1", "known is null"]),
    Refusal(
      file: #"{"_class_name": "DDIMScheduler", "rescale_betas_zero_snr": true}"#,
      code: .unsupported, words: ["epsilon", "rescale_betas_zero_snr"]),
  ]

  @Test("Names file, key, value and what is known", arguments: refusals)
  func refuses(_ refusal: Refusal) throws {
    let path = try folder.write(refusal.file, to: "scheduler_config.json")
    let error = try #require(throws: SamplerError.self) { try SamplerConfiguration(file: path) }
    #expect(error.code == refusal.code)
    #expect(error.message.hasPrefix(path))
    for words in refusal.words { #expect(error.message.contains(words), "\(error.message)") }
  }

  @Test("Refuses a file that is not there")
  func refusesMissingFile() {
    let error = #expect(throws: SamplerError.self) {
      try SamplerConfiguration(file: folder.path("none.json"))
    }
    #expect(error?.code == .unreadable)
  }

  @Test("Refuses combinations without a meaning")
  func refusesCombinations() {
    var pndm = SamplerConfiguration.stableDiffusion(.pndm)
    pndm.prediction = .sample
    var solver = SamplerConfiguration.stableDiffusion(.dpmSolver)
    solver.solver.order = 3
    solver.solver.equation = .stochastic
    for configuration in [pndm, solver] {
      let error = #expect(throws: SamplerError.self) { try configuration.makeSampler(steps: 10) }
      #expect(error?.code == .unsupported)
    }
  }
}
