// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTestSupport
import Testing

@Suite("Exponential average")
struct ExponentialAverageTests {
  @Test("Reaches 0.9999 only after about 90,000 updates")
  func approachesSlowly() {
    let decay = AverageDecay()
    #expect(decay.share(at: 1) == 0)
    #expect(decay.share(at: 2).isClose(to: 2.0 / 11, absolute: 1e-12))
    #expect(decay.share(at: 1000).isClose(to: 1000.0 / 1009, absolute: 1e-12))
    #expect(decay.share(at: 89_980) < 0.9999)
    #expect(decay.share(at: 90_000) == 0.9999)
  }

  @Test("Warms up by a power")
  func warmsUp() {
    var decay = AverageDecay()
    decay.form = .power()
    #expect(decay.share(at: 1) == 0)
    #expect(decay.share(at: 2).isClose(to: 0.370039, absolute: 1e-6))
    #expect(decay.share(at: 1000).isClose(to: 0.99, absolute: 1e-12))
    decay.start = 500
    #expect(decay.share(at: 501) == 0)
    #expect(decay.share(at: 1500).isClose(to: 0.99, absolute: 1e-12))
    decay.minimum = 0.5
    #expect(decay.share(at: 502) == 0.5)
  }

  @Suite("Of a network", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
  struct OfNetwork {
    let network: Network<BatchNorm>
    let average: ExponentialAverage

    init() throws {
      network = try Network(seed: 1) { scope throws(TensorError) in
        try BatchNorm(channels: 2, in: scope)
      }
      average = try ExponentialAverage(of: network.state)
    }

    /// Sets everything to a number, as a step might.
    func set(_ value: Double) throws {
      try withoutGradients { for entry in network.state.entries { try entry.tensor.fill(value) } }
    }

    func numbers(_ state: StateDictionary) throws -> [[Double]] {
      try state.entries.map { try $0.tensor.values(as: Double.self) }
    }

    @Test("Follows weights and running statistics, and copies counts")
    func follows() throws {
      var expected = 0.0
      for update in 1...40 {
        let value = Double(update * update)
        try set(value)
        try average.update()
        expected += (1 - average.decay.share(at: update)) * (value - expected)
        for entry in average.average.entries {
          let expected = entry.name == "num_batches_tracked" ? value : expected
          for number in try entry.tensor.values(as: Double.self) {
            #expect(number.isClose(to: expected, relative: 1e-6), "\(entry.name) at \(update)")
          }
        }
      }
      #expect(average.updateCount == 40)
      #expect(average.average["weight"]?.requiresGradient == false)
    }

    @Test("Is in the network for a while, and gives the network's own tensors back after an error")
    func isInUse() async throws {
      try set(3)
      let own = try numbers(network.state)
      let kept = try numbers(average.average)
      struct Failure: Error {}
      #expect(own != kept)
      await #expect(throws: Failure.self) {
        try await average.whileInUse {
          #expect(try numbers(network.state) == kept)
          throw Failure()
        }
      }
      #expect(try numbers(network.state) == own)
      #expect(try numbers(average.average) == kept)
    }

    @Test("Goes on from what was saved")
    func goesOn() throws {
      for value in [2.0, 5, 7] {
        try set(value)
        try average.update()
      }
      let other = try ExponentialAverage(of: network.state)
      try other.restore(average.average, updateCount: average.updateCount)
      // The other way: its tensors are taken over, then the count.
      let third = try ExponentialAverage(of: network.state)
      try third.average.assign(average.average)
      third.resume(afterUpdates: 3)
      try set(11)
      for average in [average, other, third] { try average.update() }
      #expect(try numbers(other.average) == numbers(average.average))
      #expect(try numbers(third.average) == numbers(average.average))
      #expect(third.updateCount == 4)
    }
  }
}
