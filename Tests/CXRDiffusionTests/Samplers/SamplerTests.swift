// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

@Suite("Sampler", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct SamplerTests {
  @Test("Agrees with diffusers 0.42.1", arguments: SamplerKind.allCases)
  func agreesWithDiffusers(_ kind: SamplerKind) throws {
    let cases = try SamplerGolden.cases(of: kind)
    #expect(cases.count >= 17)
    for run in cases {
      let sampler = try run.configuration().makeSampler(steps: run.steps)
      #expect(sampler.timesteps.count == run.count, "\(run.name)")
      #expect(sampler.initialScale.isClose(to: run.initialScale, relative: 1e-5), "\(run.name)")
      for entry in run.timesteps {
        // Where timesteps follow noise levels, diffusers' float32 schedule moves them.
        #expect(sampler.timesteps[Int(entry[0])].isClose(to: entry[1], absolute: 2e-3))
      }
      // Both round to float32 after every step, and diffusers' schedule is float32: the largest
      // difference seen is 2.5e-5, of noise levels of Karras.
      let largest = run.latents.map { abs($0) }.reduce(1, max)
      let latents = try SamplerGolden.run(sampler)
      for (value, expected) in zip(latents, run.latents) {
        #expect(
          value.isClose(to: expected, absolute: 4e-5 * largest), "\(kind), \(run.name)")
      }
    }
  }

  /// The latents of five steps of a number 1, from the reference: model 0.5 x + 0.1 sin(t / 100).
  struct Toy: Sendable, CustomTestStringConvertible {
    let kind: SamplerKind
    let prediction: PredictionType
    var sigmas = SamplerConfiguration.Sigmas.schedule
    let last: Double
    var testDescription: String { "\(kind), \(prediction), \(sigmas)" }
  }

  static let toys = [
    Toy(kind: .pndm, prediction: .epsilon, last: 1.494393),
    Toy(kind: .ddim, prediction: .epsilon, last: 1.691911),
    Toy(kind: .dpmSolver, prediction: .epsilon, last: 2.864946),
    Toy(kind: .dpmSolver, prediction: .epsilon, sigmas: .karras, last: 1.678661),
    Toy(kind: .euler, prediction: .epsilon, last: 3.702817),
    Toy(kind: .pndm, prediction: .velocity, last: 0.272497),
    Toy(kind: .ddim, prediction: .velocity, last: 0.325445),
    Toy(kind: .dpmSolver, prediction: .velocity, last: 0.343557),
    Toy(kind: .dpmSolver, prediction: .velocity, sigmas: .karras, last: 0.6844),
    Toy(kind: .euler, prediction: .velocity, last: 0.265767),
  ]

  @Test("Agrees with the reference on a single number", arguments: toys)
  func agreesOnToys(_ toy: Toy) throws {
    var configuration = SamplerConfiguration.stableDiffusion(toy.kind, prediction: toy.prediction)
    configuration.sigmas = toy.sigmas
    var sampler = try configuration.makeSampler(steps: 5)
    var latents = try Tensor([Float(sampler.initialScale)], shape: [1])
    for (step, timestep) in sampler.timesteps.enumerated() {
      let output =
        try latents * (0.5 * sampler.inputScale(at: step)) + 0.1 * sin(timestep / 100)
      latents = try sampler.step(output, from: latents, noise: SamplerGolden.Wave(step: step))
    }
    #expect(try latents.values(as: Double.self)[0].isClose(to: toy.last, absolute: 2e-5))
  }

  @Test("Visits the timesteps of RoentGen-v2's setting, 75 steps")
  func visitsTimesteps() throws {
    let pndm = try SamplerConfiguration.stableDiffusion(.pndm).makeSampler(steps: 75).timesteps
    #expect(pndm.count == 76)
    #expect(pndm.prefix(4) == [963, 950, 950, 937])
    #expect(pndm.suffix(4) == [40, 27, 14, 1])
    let solver = try SamplerConfiguration.stableDiffusion(.dpmSolver).makeSampler(steps: 75)
    #expect(solver.timesteps.prefix(4) == [999, 986, 972, 959])
    #expect(solver.timesteps.suffix(4) == [53, 40, 27, 13])
  }

  @Test("Comes to the clean latents that a network always names", arguments: SamplerKind.allCases)
  func comesToCleanLatents(_ kind: SamplerKind) throws {
    let clean = try SamplerGolden.wave(0.9, 0.1)
    for steps in [1, 2, 7, 30] {
      var configuration = SamplerConfiguration.stableDiffusion(kind)
      configuration.prediction = kind == .pndm ? .epsilon : .sample
      configuration.finalSignal = .clean
      var sampler = try configuration.makeSampler(steps: steps)
      var latents = try SamplerGolden.wave(1.7, 0.3) * sampler.initialScale
      for (step, timestep) in sampler.timesteps.enumerated() {
        var output = clean
        if kind == .pndm {
          let schedule = NoiseSchedule.stableDiffusion
          output =
            try (latents - clean * schedule.signalScale(at: Int(timestep)))
            / schedule.noiseScale(at: Int(timestep))
        }
        latents = try sampler.step(output, from: latents, noise: SamplerGolden.Wave(step: step))
      }
      let difference = try (latents - clean).norm().values(as: Double.self)[0]
      #expect(difference < 1e-4, "\(steps) steps")
    }
  }

  @Test(
    "Makes the same of a network whatever it predicts",
    arguments: SamplerKind.allCases.filter { $0 != .pndm })
  func agreesAcrossPredictions(_ kind: SamplerKind) throws {
    let table = NoiseSchedule.stableDiffusion
    /// The same network, which knows the noise, put into each form.
    func result(_ prediction: PredictionType) throws -> [Double] {
      var configuration = SamplerConfiguration.stableDiffusion(kind, prediction: prediction)
      configuration.spacing = .trailing
      configuration.eta = 0.5
      return try SamplerGolden.run(configuration.makeSampler(steps: 12)) { latents, timestep in
        let epsilon = try SamplerGolden.network(latents, timestep)
        let signal = table.signalScale(at: Int(timestep))
        let noise = table.noiseScale(at: Int(timestep))
        let clean = try (latents - epsilon * noise) / signal
        return switch prediction {
        case .epsilon: epsilon
        case .sample: clean
        case .velocity: try epsilon * signal - clean * noise
        }
      }
    }
    let epsilon = try result(.epsilon)
    for other in [try result(.velocity), try result(.sample)] {
      for (value, expected) in zip(other, epsilon) {
        #expect(value.isClose(to: expected, absolute: 2e-5))
      }
    }
  }

  @Test("Makes the same of an image whatever is beside it", arguments: SamplerKind.allCases)
  func isIndependentOfTheBatch(_ kind: SamplerKind) throws {
    func images(_ seeds: [UInt64]) throws -> Tensor {
      var configuration = SamplerConfiguration.stableDiffusion(kind)
      configuration.eta = 1
      configuration.solver.equation = .stochastic
      var sampler = try configuration.makeSampler(steps: 6)
      let noise = try ImageNoise(seeds: seeds)
      var latents = try noise.normal([seeds.count, 4, 3, 5]) * sampler.initialScale
      for (step, timestep) in sampler.timesteps.enumerated() {
        let output = try SamplerGolden.network(
          latents * sampler.inputScale(at: step), timestep)
        latents = try sampler.step(output, from: latents, noise: noise)
      }
      return latents
    }
    let together = try images([5, 6, 7])
    let alone = try images([6])
    #expect(
      try together.slice(1..<2).values(as: Float.self) == alone.values(as: Float.self))
    #expect(try together.slice(0..<1).values(as: Float.self) != alone.values(as: Float.self))
  }

  @Test("Leaves the latents that it is given as they are", arguments: SamplerKind.allCases)
  func leavesLatents(_ kind: SamplerKind) throws {
    var sampler = try SamplerConfiguration.stableDiffusion(kind).makeSampler(steps: 3)
    let latents = try SamplerGolden.wave(1.7, 0.3)
    let before = try latents.values(as: Float.self)
    let output = try SamplerGolden.wave(1, 1)
    for step in 0..<3 {
      _ = try sampler.step(output, from: latents, noise: SamplerGolden.Wave(step: step))
    }
    #expect(try latents.values(as: Float.self) == before)
    #expect(try output.values(as: Float.self) == SamplerGolden.wave(1, 1).values(as: Float.self))
  }

  @Test("Refuses more steps than timesteps, or timesteps beyond the last")
  func refusesSteps() throws {
    for kind in SamplerKind.allCases {
      let configuration = SamplerConfiguration.stableDiffusion(kind)
      for steps in [0, -1, 1001] {
        let error = #expect(throws: SamplerError.self) {
          try configuration.makeSampler(steps: steps)
        }
        #expect(error?.code == .stepCount)
      }
    }
    // steps_offset 1 would move 999 to 1000.
    let error = #expect(throws: SamplerError.self) {
      try SamplerConfiguration.stableDiffusion(.ddim).makeSampler(steps: 1000)
    }
    #expect(error?.message.contains("timestep 1000") == true)
    #expect(throws: Never.self) {
      try SamplerConfiguration.stableDiffusion(.ddim).makeSampler(steps: 999)
    }
  }

  @Test("Refuses a step after the last")
  func refusesAnotherStep() async {
    await #expect(processExitsWith: .failure) {
      var sampler = try SamplerConfiguration.stableDiffusion(.ddim).makeSampler(steps: 1)
      let latents = try Tensor.zeros([1, 4, 2, 2])
      for step in 0..<2 {
        _ = try sampler.step(latents, from: latents, noise: SamplerGolden.Wave(step: step))
      }
    }
  }
}
