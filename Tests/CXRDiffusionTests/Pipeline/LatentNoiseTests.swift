// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRTensor
import Foundation
import Testing

@Suite("Latent noise")
struct LatentNoiseTests {
  @Test("Has the moments of the standard normal distribution", arguments: [1, 2, 3] as [UInt64])
  func moments(_ seed: UInt64) {
    let values = LatentNoise.values(seed: seed, count: 100_000).map(Double.init)
    func mean(_ power: Double) -> Double {
      values.reduce(0) { $0 + pow($1, power) } / Double(values.count)
    }
    // The standard errors are 0.003, 0.0045, 0.012 and 0.031; these are five of them.
    #expect(abs(mean(1)) < 0.016)
    #expect(abs(mean(2) - 1) < 0.023)
    #expect(abs(mean(3)) < 0.062)
    #expect(abs(mean(4) - 3) < 0.155)
    let pairs = zip(values, values.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(pairs / Double(values.count)) < 0.016)
  }

  @Test("All 64 bits of a seed count, and a shorter draw is the beginning of a longer one")
  func seeds() {
    let seeds: [UInt64] = [7, 7 + 1 << 32, 7 + 1 << 62, 8]
    let draws = seeds.map { LatentNoise.values(seed: $0, count: 5) }
    #expect(Set(draws).count == seeds.count)
    #expect(draws[0] == Array(LatentNoise.values(seed: 7, count: 64).prefix(5)))
  }

  @Test(
    "An image's noise does not depend on the others of a batch",
    .enabled(if: Torch.isAvailable, "this build has no libtorch"))
  func batches() throws {
    let batch = try LatentNoise.batch(seeds: [3, 9], shape: [4, 2, 2], on: .cpu)
    #expect(batch.shape == [2, 4, 2, 2])
    #expect(
      try batch.values(as: Float.self)
        == LatentNoise.values(seed: 3, count: 16) + LatentNoise.values(seed: 9, count: 16))
  }
}
