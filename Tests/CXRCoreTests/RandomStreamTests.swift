// SPDX-License-Identifier: Apache-2.0
@testable import CXRCore
import CXRTestSupport
import Testing

@Suite("Random streams")
struct RandomStreamTests {
  @Test("Agree with the reference generator", .enabled(if: Shared.isPresent))
  func reference() throws {
    let golden = try Golden.json("golden_rng.json")
    let seed: UInt64 = 20_250_611
    for (stream, key) in [(0, "u64_b0"), (7, "u64_b7")] {
      let words = try golden[key].list.map { try #require(UInt64(try $0.text)) }
      for (index, word) in words.enumerated() {
        #expect(RandomStream(seed: seed, index: stream).word(at: index) == word)
      }
    }
    let third = RandomStream(seed: seed, index: 3)
    let bits = try golden["bits_b3"].integers.map { $0 == 1 }
    #expect(bits.indices.map { third.coin(at: $0) } == bits)
    let units = try golden["unit_b3"].numbers
    #expect(units.indices.map { third.unit(at: $0) } == units)
    let indices = try golden["indices_b0_n200"].integers
    let first = RandomStream(seed: seed, index: 0)
    #expect(indices.indices.map { first.index(at: $0, below: 200) } == indices)
  }

  @Test("The first word of a stream is the published mixture of its key")
  func definition() {
    // SplitMix64 of the golden-ratio increment from state 0, as its author publishes it.
    #expect(RandomStream(state: 0).word(at: 0) == 0xE220_A839_7B1D_CDAF)
  }

  @Test("Purposes and indices do not share draws", arguments: [0, 1, 99] as [UInt64])
  func independence(_ seed: UInt64) {
    let streams = [
      RandomStream(seed: seed, purpose: "a", index: 0),
      RandomStream(seed: seed, purpose: "b", index: 0),
      RandomStream(seed: seed, purpose: "a", index: 1),
      RandomStream(seed: seed, index: 0),
    ]
    #expect(Set(streams.map { $0.word(at: 0) }).count == streams.count)
  }

  @Test("Draws below a bound are spread evenly", arguments: [1, 2, 3] as [UInt64])
  func uniformity(_ seed: UInt64) {
    let stream = RandomStream(seed: seed, index: 0)
    var counts = [Int](repeating: 0, count: 10)
    for draw in 0..<10_000 { counts[stream.index(at: draw, below: 10)] += 1 }
    // Six standard deviations of a binomial count of mean 1,000.
    #expect(counts.allSatisfy { abs($0 - 1_000) < 180 })
  }
}
