// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTensorTestSupport
import CXRTestSupport
import Testing

@Suite("Learning with several ranks", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct RankedLearningTests {
  /// What a step leaves: results, gradients by pictures and parameters, running statistics.
  struct Step: Sendable {
    var results: [Float] = []
    var pictureGradients: [Float] = []
    var gradients: [[Float]] = []
    var buffers: [[Double]] = []
  }

  private static let pictureLength = 3 * 4 * 5

  /// Runs a small network forward and backward on some of six pictures.
  private static func step(
    _ pictures: Range<Int>, _ ranks: RankGroup, bucketLength: Int
  ) throws -> Step {
    let network = try Network(seed: 11, ranks: ranks) { scope throws(TensorError) in
      (
        try BatchNorm(channels: 3, in: scope["first"]),
        try Convolution(
          inputs: 3, outputs: 4, window: 3, padding: 1, .kaimingNormal(fan: 27),
          in: scope["middle"]),
        try BatchNorm(channels: 4, in: scope["last"])
      )
    }
    let all = ClosedForm.input(6 * pictureLength)
    let own = all[pictures.lowerBound * pictureLength..<pictures.upperBound * pictureLength]
    let input = try Tensor(own.map { Float($0) * 3 + 5 }, shape: [pictures.count, 3, 4, 5])
    try input.setRequiresGradient(true)
    let (first, middle, last) = network.module
    let result = try last(middle(first(input, .training)).rectified(), .training).rectified()
    // Cubes, so that the derivative differs from place to place.
    try (result * result * result).sum().backward()
    try Optimizer(.adamW(weightDecay: 0), of: network.state.parameters)
      .sumGradients(over: ranks, bucketLength: bucketLength)
    var step = Step()
    step.results = try result.values(as: Float.self)
    step.pictureGradients = try #require(input.gradient).values(as: Float.self)
    step.gradients = try network.state.parameters.map {
      try #require($0.tensor.gradient).values(as: Float.self)
    }
    step.buffers = try network.state.entries.filter { $0.role == .buffer }.map {
      try $0.tensor.values(as: Double.self)
    }
    return step
  }

  /// The largest difference, as a share of the largest number.
  private static func difference(_ a: [Float], _ b: [Float]) -> Float {
    guard a.count == b.count, let largest = b.map(abs).max() else { return .infinity }
    return zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) } / max(largest, .leastNormalMagnitude)
  }

  @Test(
    "Two ranks with parts of a batch come to what one has with all of it",
    arguments: [0, 1, 3, 4], [1, 60, 1 << 20])
  func sameAsOneRank(split: Int, bucketLength: Int) async throws {
    let one = try Self.step(0..<6, .alone, bucketLength: bucketLength)
    let parts = try await ThreadRanks.run(2) { ranks, _ in
      try Self.step(
        ranks.isFirst ? 0..<split : split..<6, ranks, bucketLength: bucketLength)
    }
    // Sums in another order, in float32.
    let tolerance: Float = 2e-5
    #expect(Self.difference(parts.flatMap(\.results), one.results) < tolerance)
    #expect(Self.difference(parts.flatMap(\.pictureGradients), one.pictureGradients) < tolerance)
    for part in parts {
      #expect(part.gradients.count == one.gradients.count)
      for (found, expected) in zip(part.gradients, one.gradients) {
        #expect(Self.difference(found, expected) < tolerance)
      }
      for (found, expected) in zip(part.buffers, one.buffers) {
        #expect(Self.difference(found.map { Float($0) }, expected.map { Float($0) }) < tolerance)
      }
    }
    #expect(parts[0].gradients == parts[1].gradients && parts[0].buffers == parts[1].buffers)
  }

  @Test("Gradients by pictures in bfloat16 are those of float32, rounded once")
  func roundsOnce() async throws {
    /// Closed forms that bfloat16 has.
    @Sendable func numbers(_ a: Double, _ range: Range<Int>) throws -> Tensor {
      let all = try Tensor.closedForm([6, 3, 4, 5], a: a).converted(to: .bfloat16)
      return try all.slice(range)
    }
    /// The gradients of a sum of results times factors.
    @Sendable func gradients(
      _ range: Range<Int>, _ type: ScalarType, _ ranks: RankGroup
    ) throws -> [Double] {
      let network = try Network(seed: 11, ranks: ranks) { scope throws(TensorError) in
        try BatchNorm(channels: 3, in: scope)
      }
      let input = try numbers(1, range).converted(to: type)
      try input.setRequiresGradient(true)
      let factors = try numbers(1.7, range).converted(to: type)
      try (network.module(input, .training) * factors).sum().backward()
      return try #require(input.gradient).values(as: Double.self)
    }
    let expected = try gradients(0..<6, .float32, .alone)
    let found = try await ThreadRanks.run(2) { ranks, _ in
      try gradients(ranks.isFirst ? 0..<2 : 2..<6, .bfloat16, ranks)
    }.flatMap(\.self)
    #expect(found.count == expected.count)
    for (found, expected) in zip(found, expected) {
      // Eight bits, and sums in float32 in another order.
      #expect(found.isClose(to: expected, absolute: abs(expected) / 256 + 1e-6))
    }
  }

  @Test("A batch of one value for each channel over all ranks is refused by each")
  func oneValue() async throws {
    let errors = try await ThreadRanks.run(2) { ranks, _ in
      let network = try Network(seed: 1, ranks: ranks) { scope throws(TensorError) in
        try BatchNorm(channels: 2, in: scope)
      }
      let input = try Tensor.ones([ranks.isFirst ? 1 : 0, 2, 1, 1])
      do throws(TensorError) {
        _ = try network.module(input, .training)
        return nil as TensorError.Code?
      } catch { return error.code }
    }
    #expect(errors == [.refused, .refused])
  }
}
