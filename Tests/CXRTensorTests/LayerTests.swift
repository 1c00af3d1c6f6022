// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import Testing

@Suite("Layers", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct LayerTests {
  private func close(_ tensor: Tensor, _ expected: [Float]) throws -> Bool {
    let values = try tensor.values(as: Float.self)
    return values.count == expected.count
      && zip(values, expected).allSatisfy { abs($0 - $1) < 1e-5 }
  }

  @Test("Channels of a group are normalised together")
  func groupNorm() throws {
    let network = try Network(seed: 0) { scope throws(TensorError) in
      try GroupNorm(groups: 2, channels: 4, epsilon: 0, in: scope)
    }
    #expect(network.state.names == ["weight", "bias"])
    try withoutGradients {
      try network.state["weight"]?.assign(Tensor([1, 1, 2, 2] as [Float], shape: [4]))
      try network.state["bias"]?.assign(Tensor([0, 1, 0, 0] as [Float], shape: [4]))
    }
    let input = try Tensor([1, 3, 10, 30] as [Float], shape: [1, 4, 1, 1])
    #expect(try close(network.module(input), [-1, 2, -2, 2]))
  }

  @Test("The last axis is normalised by itself")
  func layerNorm() throws {
    let network = try Network(seed: 0) { scope throws(TensorError) in
      try LayerNorm(width: 2, epsilon: 0, in: scope)
    }
    let input = try Tensor([1, 3, 30, 10] as [Float], shape: [2, 2])
    #expect(try close(network.module(input), [-1, 1, 1, -1]))
    #expect(throws: TensorError.self) { try network.module(Tensor.zeros([2, 3])) }
  }

  @Test("Rows of a table stand for numbers; others are refused")
  func embedding() throws {
    let network = try Network(seed: 0) { scope throws(TensorError) in
      try Embedding(count: 3, width: 2, .constant(0), in: scope)
    }
    try withoutGradients {
      try network.state["weight"]?
        .assign(Tensor([0, 1, 2, 3, 4, 5] as [Float], shape: [3, 2]))
    }
    let rows = try network.module(Tensor([2, 0], shape: [1, 2]))
    #expect(rows.shape == [1, 2, 2])
    #expect(try close(rows, [4, 5, 0, 1]))
    #expect(try close(network.module.rows(2), [0, 1, 2, 3]))
    #expect(throws: TensorError.self) { try network.module(Tensor([3], shape: [1])) }
  }

  @Test("Layers have a bias and other first numbers on request")
  func initialNumbers() throws {
    let network = try Network(seed: 0) { scope throws(TensorError) in
      (
        try Convolution(
          inputs: 1, outputs: 1, window: 1, bias: .constant(3), .constant(2),
          in: scope["with"]),
        try Convolution(inputs: 1, outputs: 1, window: 1, .constant(2), in: scope["without"]),
        try Linear(
          inputs: 1, outputs: 1, weight: .constant(4), bias: .constant(1), in: scope["linear"])
      )
    }
    #expect(
      network.state.names == [
        "with.weight", "with.bias", "without.weight", "linear.weight", "linear.bias",
      ])
    let pixel = try Tensor([5] as [Float], shape: [1, 1, 1, 1])
    #expect(try network.module.0(pixel).item() == 13)
    #expect(try network.module.1(pixel).item() == 10)
    #expect(try network.module.2(pixel).item() == 21)
  }

  @Test("A network that is to be filled is 0, and the next one is not")
  func unfilled() throws {
    func made(_ scope: ParameterScope) throws(TensorError) -> LayerNorm {
      try LayerNorm(width: 2, in: scope)
    }
    let unfilled = try Network(unfilledOn: .cpu, made)
    #expect(unfilled.state.names == ["weight", "bias"])
    #expect(try close(#require(unfilled.state["weight"]), [0, 0]))
    #expect(unfilled.state["weight"]?.requiresGradient == true)
    #expect(try close(#require(Network(seed: 0, made).state["weight"]), [1, 1]))
  }

  @Test("Attention averages values, of the past only on request")
  func attention() throws {
    let zeros = try Tensor.zeros([1, 1, 2, 1])
    let values = try Tensor([2, 6] as [Float], shape: [1, 1, 2, 1])
    #expect(try close(zeros.attending(to: zeros, values), [4, 4]))
    #expect(try close(zeros.attending(to: zeros, values, reach: .past), [2, 4]))
    // One head of width 4: scores are divided by 2, so that e² to 1 becomes e to 1.
    let queries = try Tensor.ones([1, 1, 1, 4])
    let keys = try Tensor([0.5, 0.5, 0.5, 0.5, 0, 0, 0, 0] as [Float], shape: [1, 1, 2, 4])
    let found = try queries.attending(to: keys, Tensor.joined([keys * 2, keys], along: 3))
      .slice(0..<1, along: 3)
    #expect(try close(found, [0.731_058_6]))
  }

  @Test("Pictures are padded right and below, and resized to the nearest pixel")
  func pictures() throws {
    let picture = try Tensor([1, 2, 3, 4] as [Float], shape: [1, 1, 2, 2])
    let padded = try picture.padded(right: 1, bottom: 2)
    #expect(padded.shape == [1, 1, 4, 3])
    #expect(try close(padded, [1, 2, 0, 3, 4, 0, 0, 0, 0, 0, 0, 0]))
    let resized = try picture.resizedNearest(rows: 3, columns: 4)
    #expect(try close(resized, [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4]))
  }

  @Test("Counting, sine and cosine")
  func functions() throws {
    let numbers = try Tensor.counting(to: 3)
    #expect(numbers.scalarType == .float32)
    #expect(try close(numbers, [0, 1, 2]))
    #expect(try close(numbers.sine(), [0, 0.841_471, 0.909_297_4]))
    #expect(try close(numbers.cosine(), [1, 0.540_302_3, -0.416_146_84]))
  }
}
