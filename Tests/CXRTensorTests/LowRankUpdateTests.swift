// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import Testing

@Suite("Low-rank updates", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct LowRankUpdateTests {
  /// y = (x₁ + 2 x₂ + 1, 3 x₁ + 4 x₂ + 1) under the name `a.0`.
  private func network() throws -> Network<Linear> {
    let network = try Network(seed: 1) { scope throws(TensorError) in
      try Linear(inputs: 2, outputs: 2, bias: .constant(1), in: scope["a"][0])
    }
    try withoutGradients {
      try #require(network.state["a.0.weight"]).assign(
        Tensor([1, 2, 3, 4] as [Float], shape: [2, 2]))
    }
    return network
  }

  /// (4 / 1) · (1, 10)ᵀ · (1, −1).
  private func update() throws -> LowRankUpdate {
    LowRankUpdate(
      down: try Tensor([1, -1] as [Float], shape: [1, 2]),
      up: try Tensor([1, 10] as [Float], shape: [2, 1]), alpha: 4)
  }

  @Test("A linear map adds its update, until it is taken away")
  func addsUpdates() throws {
    let network = try network()
    let input = try Tensor([5, 2, 1, 1] as [Float], shape: [2, 2])
    let weight = try #require(network.adaptable.first)
    #expect(network.adaptable.count == 1 && weight.name == "a.0")
    #expect(try network.module(input).values(as: Float.self) == [10, 24, 4, 8])
    weight.update = try update()
    // x₁ − x₂ is 3 and 0.
    #expect(try network.module(input).values(as: Float.self) == [22, 144, 4, 8])
    weight.update = nil
    #expect(try network.module(input).values(as: Float.self) == [10, 24, 4, 8])
  }

  @Test("The product is what the update does to the weight")
  func product() throws {
    let update = try update()
    #expect(update.rank == 1 && update.scale == 4)
    #expect(try update.product().values(as: Float.self) == [4, -4, 40, -40])
  }

  @Test("Gradients reach the update, and a frozen weight has none")
  func gradients() throws {
    let network = try network()
    let weight = try #require(network.adaptable.first)
    for entry in network.state.parameters { try entry.tensor.setRequiresGradient(false) }
    let update = try update()
    try update.down.setRequiresGradient(true)
    try update.up.setRequiresGradient(true)
    weight.update = update
    try network.module(Tensor([5, 2] as [Float], shape: [1, 2])).sum().backward()
    // 4 (x₁ − x₂), for each output; 4 (1 + 10) x.
    #expect(try update.up.gradient?.values(as: Float.self) == [12, 12])
    #expect(try update.down.gradient?.values(as: Float.self) == [220, 88])
    #expect(weight.tensor.gradient == nil)
  }
}
