// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRTensor
import CXRTensorTestSupport
import CXRTestSupport
import Testing

@Suite("TextEncoder", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct TextEncoderTests {
  private func encoded(
    _ network: Network<TextEncoder>, _ tokens: Tensor
  ) throws(TensorError) -> Tensor {
    try withInference { () throws(TensorError) in try network.module(tokens) }
  }

  @Test("Agrees with transformers on closed-form weights")
  func agreesWithTransformers() throws {
    let encoded = try encoded(SmallNetworks.textEncoder(), SmallNetworks.prompt())
    let distance = try GoldenResult("clip_text").distance(from: encoded)
    #expect(distance < SmallNetworks.tolerance)
  }

  @Test("A position depends on no later one")
  func looksBackOnly() throws {
    let network = try SmallNetworks.textEncoder()
    let whole = try encoded(network, SmallNetworks.prompt())
    let start = try encoded(network, SmallNetworks.prompt(20))
    #expect(try whole.slice(0..<20, along: 1).largestDifference(from: start) < 1e-5)
    let other = try Tensor(
      SmallNetworks.prompt().values(as: Int.self).dropLast() + [5], shape: [1, 77])
    let changed = try encoded(network, other)
    #expect(
      try changed.slice(0..<76, along: 1)
        .largestDifference(from: whole.slice(0..<76, along: 1)) < 1e-5)
    #expect(try changed.largestDifference(from: whole) > 0.01)
  }

  @Test("OpenAI's approximation of GELU is another function")
  func approximates() throws {
    var configuration = SmallNetworks.textEncoder
    configuration.activation = .quickGELU
    let exact = try encoded(SmallNetworks.textEncoder(), SmallNetworks.prompt())
    let quick = try encoded(SmallNetworks.textEncoder(configuration), SmallNetworks.prompt())
    let difference = try quick.largestDifference(from: exact)
    #expect(difference > 1e-3 && difference < 0.5, "\(difference)")
  }

  @Test("Gradients are the same when layers are run a second time")
  func recomputes() throws {
    let network = try SmallNetworks.textEncoder()
    var gradients: [[Tensor]] = []
    for activations in [Activations.kept, .recomputed] {
      for entry in network.state.parameters { try entry.tensor.setGradient(nil) }
      try network.module(SmallNetworks.prompt(), activations: activations).squared().sum()
        .backward()
      gradients.append(
        try network.state.parameters.map { try #require($0.tensor.gradient).copy() })
    }
    #expect(gradients[0].count == 2 + 5 * 16 + 2)
    for (kept, recomputed) in zip(gradients[0], gradients[1]) {
      #expect(try kept.largestDifference(from: recomputed) == 0)
    }
  }

  @Test("Refuses more tokens than positions, and tokens that there are not")
  func refuses() throws {
    let network = try SmallNetworks.textEncoder()
    let long = #expect(throws: TensorError.self) {
      try encoded(network, SmallNetworks.prompt(78))
    }
    #expect(long?.code == .refused && long?.message.contains("77") == true)
    let unknown = #expect(throws: TensorError.self) {
      try encoded(network, Tensor([1000], shape: [1, 1]))
    }
    #expect(unknown?.code == .refused)
  }
}
