// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRTensor
import CXRTestSupport
import Testing

@Suite("Noised latents", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct NoisedLatentsTests {
  let schedule = NoiseSchedule.stableDiffusion
  let timesteps = [30, 700]
  let clean = ClosedForm.input(16, a: 0.6)
  let noise = ClosedForm.input(16, a: 2.1, b: 0.4)

  func tensor(_ values: [Float]) throws -> Tensor { try Tensor(values, shape: [2, 4, 2, 1]) }

  /// What each element should be, by its image's timestep.
  func expected(_ value: (_ clean: Double, _ noise: Double, _ timestep: Int) -> Double) -> [Double]
  {
    zip(clean, noise).enumerated().map { index, pair in
      value(Double(pair.0), Double(pair.1), timesteps[index / 8])
    }
  }

  @Test("Mixes each image by its own timestep")
  func mixes() throws {
    let mixed = try schedule.noised(tensor(clean), with: tensor(noise), at: timesteps)
    #expect(mixed.shape == [2, 4, 2, 1])
    let numbers = expected { clean, noise, timestep in
      schedule.signalScale(at: timestep) * clean + schedule.noiseScale(at: timestep) * noise
    }
    for (value, number) in zip(try mixed.values(as: Double.self), numbers) {
      #expect(value.isClose(to: number, absolute: 1e-6))
    }
  }

  @Test("Asks for the noise, the velocity or the clean latents")
  func asksForTargets() throws {
    let (latents, noises) = (try tensor(clean), try tensor(noise))
    func target(_ prediction: PredictionType) throws -> [Double] {
      try schedule.target(of: prediction, latents: latents, noise: noises, at: timesteps)
        .values(as: Double.self)
    }
    #expect(try target(.epsilon) == noise.map(Double.init))
    #expect(try target(.sample) == clean.map(Double.init))
    let velocity = expected { clean, noise, timestep in
      schedule.signalScale(at: timestep) * noise - schedule.noiseScale(at: timestep) * clean
    }
    for (value, number) in zip(try target(.velocity), velocity) {
      #expect(value.isClose(to: number, absolute: 1e-6))
    }
  }

  @Test("Keeps the type of the latents")
  func keepsType() throws {
    let latents = try tensor(clean).converted(to: .bfloat16)
    let mixed = try schedule.noised(latents, with: latents, at: timesteps)
    #expect(mixed.scalarType == .bfloat16)
  }

  @Test("Refuses timesteps that are not one per image")
  func refusesTimesteps() async {
    await #expect(processExitsWith: .failure) {
      let latents = try Tensor.zeros([2, 4, 2, 1])
      _ = try NoiseSchedule.stableDiffusion.noised(latents, with: latents, at: [30])
    }
  }
}
