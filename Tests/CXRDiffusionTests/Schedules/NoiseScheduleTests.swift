// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRTensor
import CXRTestSupport
import Testing

@Suite("Noise schedule")
struct NoiseScheduleTests {
  @Test("Agrees with diffusers 0.42.1")
  func agreesWithDiffusers() throws {
    let schedules = [
      "linear": NoiseSchedule(.linear, from: 0.0001, to: 0.02),
      "scaled_linear": NoiseSchedule.stableDiffusion,
      "squaredcos_cap_v2": NoiseSchedule(.squaredCosine, from: 0.00085, to: 0.012),
      "zero": NoiseSchedule(.scaledLinear, from: 0.00085, to: 0.012, terminal: .zero),
    ]
    let golden = try SamplerGolden.json()["schedules"]
    #expect(try golden.keys == schedules.keys.sorted())
    for (name, schedule) in schedules {
      let reference = try golden[name]
      for (timestep, share) in zip(
        try reference["at"].integers, try reference["share"].numbers)
      {
        // diffusers' products are float32.
        let tolerance = 2e-5 * share + 1e-11
        #expect(
          schedule.signalShare[timestep].isClose(to: share, absolute: tolerance),
          "\(name), timestep \(timestep)")
      }
    }
  }

  @Test("Has the reference's weights")
  func hasWeights() {
    // train_step of the reference's goldens: timesteps 30 and 700.
    let schedule = NoiseSchedule.stableDiffusion
    #expect(schedule.snr(at: 30).isClose(to: 34.459529876708984, relative: 1e-5))
    #expect(schedule.snr(at: 700).isClose(to: 0.08994298428297043, relative: 1e-5))
    let weights = [30, 700].map { schedule.minSNRWeight(at: $0, gamma: 5, of: .epsilon) }
    #expect(weights[0].isClose(to: 0.1450977474451065, relative: 1e-5))
    #expect(weights[1] == 1)
  }

  @Test(
    "Weighs predictions as the clean latents that they stand for", arguments: [0, 30, 400, 999])
  func weighsAlike(_ timestep: Int) {
    let schedule = NoiseSchedule.stableDiffusion
    let snr = schedule.snr(at: timestep)
    let clean = schedule.minSNRWeight(at: timestep, gamma: 5, of: .sample)
    let epsilon = schedule.minSNRWeight(at: timestep, gamma: 5, of: .epsilon)
    let velocity = schedule.minSNRWeight(at: timestep, gamma: 5, of: .velocity)
    #expect(clean == min(snr, 5))
    #expect((epsilon * snr).isClose(to: clean, relative: 1e-12))
    #expect((velocity * (snr + 1)).isClose(to: clean, relative: 1e-12))
  }

  @Test("Has no signal and defined weights at a terminal timestep of pure noise")
  func hasNoTerminalSignal() {
    let schedule = NoiseSchedule(.scaledLinear, from: 0.00085, to: 0.012, terminal: .zero)
    #expect(schedule.signalShare[999] == 0)
    #expect(schedule.snr(at: 999) == 0)
    #expect(schedule.minSNRWeight(at: 999, gamma: 5, of: .epsilon) == 1)
    #expect(schedule.minSNRWeight(at: 999, gamma: 5, of: .velocity) == 0)
    #expect(schedule.sigmas[999].isClose(to: 4096, relative: 1e-6))
    #expect(schedule.signalShare[0] == NoiseSchedule.stableDiffusion.signalShare[0])
  }

  @Test("Refuses betas that are no variances, and a gamma of 0")
  func refusesBetas() async {
    await #expect(processExitsWith: .failure) { _ = NoiseSchedule(betas: [0.1, 1]) }
    await #expect(processExitsWith: .failure) { _ = NoiseSchedule(betas: [0.1]) }
    await #expect(processExitsWith: .failure) {
      _ = NoiseSchedule.stableDiffusion.minSNRWeight(at: 0, gamma: 0, of: .epsilon)
    }
  }
}
