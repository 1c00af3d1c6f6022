// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRTensor
import CXRTensorTestSupport
import CXRTestSupport
import Testing

@Suite("UNet", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct UNetTests {
  /// Latent pictures of the goldens.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let shape: [Int]
    let factor: Double
    let timestep: Int
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "unet_16x16", shape: [1, 4, 16, 16], factor: 1, timestep: 801),
    Case(name: "unet_10x14", shape: [1, 4, 10, 14], factor: 0.9, timestep: 1),
    Case(name: "unet_9x13_odd", shape: [1, 4, 9, 13], factor: 0.9, timestep: 500),
  ]

  private func prediction(
    _ network: Network<UNet>, _ test: Case
  ) throws(TensorError) -> Tensor {
    try withInference { () throws(TensorError) in
      try network.module(
        .closedForm(test.shape, a: test.factor), at: Tensor([test.timestep], shape: [1]),
        context: SmallNetworks.context())
    }
  }

  @Test("Agrees with diffusers on closed-form weights", arguments: cases)
  func agreesWithDiffusers(_ test: Case) throws {
    let prediction = try prediction(SmallNetworks.unet(), test)
    let distance = try GoldenResult(test.name).distance(from: prediction)
    #expect(distance < SmallNetworks.tolerance)
  }

  @Test("Gives the same with channels last in memory, and keeps to the order", arguments: cases)
  func agreesWithChannelsLast(_ test: Case) throws {
    let network = try SmallNetworks.unet()
    let expected = try prediction(network, test)
    let latents = try Tensor.closedForm(test.shape, a: test.factor).contiguous(.channelsLast)
    let found = try withInference {
      try network.module(
        latents, at: Tensor([test.timestep], shape: [1]), context: SmallNetworks.context())
    }
    #expect(expected.isContiguous && !found.isContiguous && found.strides[1] == 1)
    let difference = try found.largestDifference(from: expected)
    #expect(difference < SmallNetworks.tolerance)
  }

  @Test("Attention in float32 gives the same, also where all else is bfloat16")
  func upcastsAttention() throws {
    var configuration = SmallNetworks.unet
    let test = Self.cases[0]
    let plain = try prediction(SmallNetworks.unet(configuration), test)
    configuration.upcastsAttention = true
    let network = try SmallNetworks.unet(configuration)
    let same = try prediction(network, test).largestDifference(from: plain)
    #expect(same < SmallNetworks.tolerance)
    let narrow = try withAutocast(to: .bfloat16, on: .cpu) { try prediction(network, test) }
    configuration.upcastsAttention = false
    let narrowest = try withAutocast(to: .bfloat16, on: .cpu) {
      try prediction(SmallNetworks.unet(configuration), test)
    }
    #expect(narrow.scalarType == .bfloat16)
    #expect(try narrow.largestDifference(from: narrowest) > 0)
    // The network's own numbers have a deviation of 0.57; bfloat16 has three digits.
    let error = try (narrow.converted(to: .float32) - plain).squared().mean().squareRoot().item()
    #expect(error < 0.3)
  }

  @Test("Convolutions of single pixels give what linear layers of the same numbers do")
  func projectsByConvolution() throws {
    var configuration = SmallNetworks.unet
    let linear = try SmallNetworks.unet(configuration)
    configuration.projectsLinearly = false
    let convolving = try SmallNetworks.unet(configuration)
    #expect(convolving.state.names == linear.state.names)
    let kernel = try #require(convolving.state["mid_block.attentions.0.proj_in.weight"])
    #expect(kernel.shape == [64, 64, 1, 1])
    for test in Self.cases {
      let difference = try prediction(convolving, test).largestDifference(
        from: prediction(linear, test))
      #expect(difference < SmallNetworks.tolerance)
    }
  }

  @Test("Each picture of a batch has its own timestep; one stands for all")
  func timestepsOfABatch() throws {
    let network = try SmallNetworks.unet()
    let latents = try Tensor.closedForm([2, 4, 8, 8])
    let context = try SmallNetworks.context(batch: 2)
    func predicted(_ timesteps: Tensor) throws(TensorError) -> Tensor {
      try withInference { () throws(TensorError) in
        try network.module(latents, at: timesteps, context: context)
      }
    }
    let both = try predicted(Tensor([30, 700], shape: [2]))
    let (first, second) = (try predicted(Tensor(30)), try predicted(Tensor(Float(700))))
    let one = try both.slice(0..<1).largestDifference(from: first.slice(0..<1))
    let other = try both.slice(1..<2).largestDifference(from: second.slice(1..<2))
    #expect(one < SmallNetworks.tolerance && other < SmallNetworks.tolerance)
    #expect(try first.largestDifference(from: second) > 0.01)
  }

  @Test("Refuses timesteps that are neither one nor one for each picture")
  func refusesTimesteps() throws {
    let network = try SmallNetworks.unet()
    let error = #expect(throws: TensorError.self) {
      try network.module(
        .closedForm([2, 4, 8, 8]), at: Tensor([1, 2, 3], shape: [3]),
        context: SmallNetworks.context(batch: 2))
    }
    #expect(error?.code == .refused)
  }

  @Test("Predicts the noise with diffusers' loss and gradients, kept or recomputed")
  func learnsLikeDiffusers() throws {
    let golden = try GoldenResult.networks()["train_step"]
    for activations in [Activations.kept, .recomputed] {
      let network = try SmallNetworks.unet()
      let noise = try Tensor.closedForm([2, 4, 8, 8], a: 2.1, b: 0.4)
      let prediction = try network.module(
        noisyLatents(noise), at: Tensor([30, 700], shape: [2]),
        context: SmallNetworks.context(batch: 2), activations: activations)
      let loss = try squaredError(prediction, noise).mean()
      #expect(try loss.item().isClose(to: golden["loss_eps"].number, absolute: 1e-5))
      try loss.backward()
      let gradients = try network.state.parameters.map { entry in
        try #require(entry.tensor.gradient, "\(entry.name) has no gradient")
      }
      let norm = try gradients.reduce(0) {
        try $0 + $1.values(as: Double.self).reduce(0) { $0 + $1 * $1 }
      }.squareRoot()
      let expectedNorm = try golden["grad_norm"].number
      // diffusers itself gives 124.0348 to 124.0396 on other threads, and 124.0346 in float64.
      #expect(norm.isClose(to: expectedNorm, relative: 1e-4))
      let input = try #require(network.state["conv_in.weight"]?.gradient)
      let distance = try GoldenResult(golden["grad_conv_in.weight"]).distance(from: input)
      #expect(distance < SmallNetworks.tolerance)
      let optimizer = try Optimizer(
        .adam(Adam()), of: network.state.parameters)
      _ = try optimizer.clipGradients(toNorm: 1)
      try optimizer.step(learningRate: 1e-4)
      let weight = try #require(network.state["conv_in.weight"])
      #expect(
        try GoldenResult(golden["adamw_conv_in.weight_after"]).distance(from: weight) < 1e-5)
    }
  }

  /// The latents of the golden training step: √ᾱ x₀ + √(1 − ᾱ) ε with ᾱ from the golden's ratios
  /// of signal to noise.
  private func noisyLatents(_ noise: Tensor) throws -> Tensor {
    let ratios = try GoldenResult.networks()["train_step"]["snr"].numbers
    let signal = ratios.map { Float(($0 / (1 + $0)).squareRoot()) }
    let rest = ratios.map { Float((1 / (1 + $0)).squareRoot()) }
    return try Tensor.closedForm([2, 4, 8, 8], a: 0.6) * Tensor(signal, shape: [2, 1, 1, 1])
      + noise * Tensor(rest, shape: [2, 1, 1, 1])
  }
}
