// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRTensor
import CXRTestSupport
import Testing

@Suite("Diffusion objective", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct DiffusionObjectiveTests {
  let schedule = NoiseSchedule.stableDiffusion
  let timesteps = [30, 700, 10, 999]
  let shape = [4, 2, 3, 1]
  let clean: Tensor
  let noise: Tensor
  let output: Tensor

  init() throws {
    clean = try Tensor(ClosedForm.input(24, a: 0.6), shape: shape)
    noise = try Tensor(ClosedForm.input(24, a: 2.1, b: 0.4), shape: shape)
    output = try Tensor(ClosedForm.input(24, a: 0.9, b: 1), shape: shape)
  }

  /// The mean squared error of each image, worked out in Swift.
  func errors(_ prediction: PredictionType) throws -> [Double] {
    let target = try schedule.target(
      of: prediction, latents: clean, noise: noise, at: timesteps
    ).values(as: Double.self)
    let squares = zip(try output.values(as: Double.self), target).map { ($0 - $1) * ($0 - $1) }
    return (0..<4).map { image in squares[(6 * image)..<(6 * image + 6)].reduce(0, +) / 6 }
  }

  func loss(_ objective: DiffusionObjective, weights: [Double]? = nil) throws -> Double {
    try objective.loss(
      of: output, latents: clean, noise: noise, at: timesteps, weights: weights
    ).mean().values(as: Double.self)[0]
  }

  @Test("Is the mean squared error over all elements", arguments: PredictionType.allCases)
  func isMeanSquaredError(_ prediction: PredictionType) throws {
    let mean = try errors(prediction).reduce(0, +) / 4
    let value = try loss(DiffusionObjective(schedule, predicting: prediction))
    #expect(value.isClose(to: mean, absolute: 1e-6))
  }

  @Test("Multiplies each image's error by its Min-SNR weight", arguments: PredictionType.allCases)
  func weighsByTimestep(_ prediction: PredictionType) throws {
    let weights = timesteps.map { schedule.minSNRWeight(at: $0, gamma: 5, of: prediction) }
    let mean = zip(try errors(prediction), weights).map { $0 * $1 }.reduce(0, +) / 4
    let value = try loss(DiffusionObjective(schedule, predicting: prediction, snrGamma: 5))
    #expect(value.isClose(to: mean, absolute: 1e-6))
  }

  @Test("Averages images by their weights")
  func weighsImages() throws {
    let weights = [2, 0, 0.5, 1]
    let mean = zip(try errors(.epsilon), weights).map { $0 * $1 }.reduce(0, +) / 3.5
    let value = try loss(DiffusionObjective(schedule, predicting: .epsilon), weights: weights)
    #expect(value.isClose(to: mean, absolute: 1e-6))
  }

  @Test("Adds the class's loss, each image with the Min-SNR weight of its own timestep")
  func preservesThePrior() throws {
    let objective = DiffusionObjective(schedule, predicting: .epsilon, snrGamma: 5)
    let errors = zip(try errors(.epsilon), timesteps).map {
      $0 * schedule.minSNRWeight(at: $1, gamma: 5, of: .epsilon)
    }
    for classCount in [1, 2, 3] {
      let learned = errors.dropLast(classCount)
      let known = errors.suffix(classCount)
      let sum =
        learned.reduce(0, +) / Double(learned.count)
        + 0.5 * known.reduce(0, +) / Double(classCount)
      let value = try objective.loss(
        of: output, latents: clean, noise: noise, at: timesteps, classCount: classCount,
        priorWeight: 0.5
      ).mean().values(as: Double.self)[0]
      #expect(value.isClose(to: sum, absolute: 1e-6))
    }
  }

  @Test("Gives a gradient to what the network said, in bfloat16 too")
  func givesGradients() throws {
    let output = try self.output.converted(to: .bfloat16).copy()
    try output.setRequiresGradient(true)
    let objective = DiffusionObjective(schedule, predicting: .epsilon)
    let loss = try objective.loss(of: output, latents: clean, noise: noise, at: timesteps)
    #expect(loss.sum.scalarType == .float32)
    try loss.mean().backward()
    #expect(try output.gradient?.norm().values(as: Double.self)[0] ?? 0 > 0.1)
  }

  @Test("Refuses an output of another shape")
  func refusesShape() throws {
    let objective = DiffusionObjective(schedule, predicting: .epsilon)
    let error = #expect(throws: TensorError.self) {
      try objective.loss(
        of: output.slice(0..<3, along: 2).slice(0..<1, along: 1), latents: clean, noise: noise,
        at: timesteps)
    }
    #expect(error?.code == .refused)
  }

  @Test("Refuses a gamma of 0")
  func refusesGamma() async {
    await #expect(processExitsWith: .failure) {
      _ = DiffusionObjective(.stableDiffusion, predicting: .epsilon, snrGamma: 0)
    }
  }
}
