// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRTensor
import CXRTestSupport
import Testing

@Suite("Training noise", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct TrainingNoiseTests {
  let shape = [3, 4, 16, 16]

  @Test("Is standard normal noise without settings, the same to be seen and to be predicted")
  func isNormal() throws {
    let draw = try TrainingNoise().draw(shape, from: ImageNoise(seeds: [1, 2, 3]))
    #expect(draw.target === draw.mixed)
    let plain = try ImageNoise(seeds: [1, 2, 3]).normal(shape)
    #expect(try draw.target.values(as: Float.self) == plain.values(as: Float.self))
  }

  @Test("Moves a channel as a whole")
  func movesChannels() throws {
    let draw = try TrainingNoise(offset: 0.1).draw(shape, from: ImageNoise(seeds: [1, 2, 3]))
    let plain = try ImageNoise(seeds: [1, 2, 3]).normal(shape)
    let moved = try (draw.target - plain).reshaped([12, 256])
    let first = try moved.slice(0..<1, along: 1)
    #expect(try (moved - first).magnitude().sum().values(as: Double.self)[0] < 1e-2)
    let offsets = try first.values(as: Double.self)
    #expect(Set(offsets.map { ($0 * 1e4).rounded() }).count == 12)
    #expect(offsets.allSatisfy { abs($0) < 0.5 })
  }

  @Test("Shows the network noise that it is not to predict")
  func perturbs() throws {
    let draw = try TrainingNoise(perturbation: 0.1)
      .draw(shape, from: ImageNoise(seeds: [1, 2, 3]))
    let extra = try (draw.mixed - draw.target).squared().mean().values(as: Double.self)[0]
    // The variance of 3072 draws, 0.01, to five standard errors.
    #expect(extra.isClose(to: 0.01, absolute: 0.0013))
  }

  @Test("Is each image's own, whatever is beside it")
  func isIndependentOfTheBatch() throws {
    let noise = TrainingNoise(offset: 0.1, perturbation: 0.1)
    let together = try noise.draw([2, 4, 8, 8], from: ImageNoise(seeds: [7, 8]))
    let alone = try noise.draw([1, 4, 8, 8], from: ImageNoise(seeds: [8]))
    #expect(
      try together.mixed.slice(1..<2).values(as: Float.self)
        == alone.mixed.values(as: Float.self))
  }

  @Test("Refuses settings below 0, and noise for another number of images")
  func refuses() async {
    await #expect(processExitsWith: .failure) { _ = TrainingNoise(offset: -0.1) }
    await #expect(processExitsWith: .failure) {
      _ = try ImageNoise(seeds: [1, 2]).normal([3, 4, 8, 8])
    }
  }
}
