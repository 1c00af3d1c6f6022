// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTestSupport
import Testing

@Suite("Gradient scaler", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct GradientScalerTests {
  let weight: Tensor
  let optimizer: Optimizer

  init() throws {
    weight = try Tensor([1, 2] as [Float], shape: [2])
    try weight.setRequiresGradient(true)
    optimizer = try Optimizer(
      .sgd(momentum: 0), of: [.init(name: "weight", tensor: weight, role: .parameter)])
  }

  /// One step with a gradient of 1, or an overflow.
  func step(_ scaler: GradientScaler, overflows: Bool) throws {
    try optimizer.clearGradients()
    try scaler.scaled(weight.sum()).backward()
    if overflows { try weight.setGradient(Tensor([.infinity, 1] as [Float], shape: [2])) }
    let flag = try scaler.unscaleGradients(of: optimizer)
    #expect(try flag.item() == (overflows ? 1 : 0))
    if !overflows { #expect(try weight.gradient?.values(as: Float.self) == [1, 1]) }
    try optimizer.step(learningRate: 0.125, unless: flag)
    try scaler.update()
  }

  @Test("Halves after an overflow, which is no step, and doubles after good steps, as PyTorch does")
  func adapts() throws {
    let golden = try LearningGolden.json()["scaler"]
    var configuration = GradientScaler.Configuration()
    configuration.interval = try golden["interval"].integer
    var scaler = try GradientScaler(configuration, on: .cpu)
    for (overflow, scale) in zip(try golden["overflows"].integers, try golden["scales"].numbers) {
      let before = try weight.values(as: Float.self)
      try step(scaler, overflows: overflow == 1)
      let moved = zip(before, try weight.values(as: Float.self)).map { $0 - $1 }
      #expect(moved == (overflow == 1 ? [0, 0] : [0.125, 0.125]))
      #expect(try scaler.state["scale"]?.item() == scale)
      // Each step goes on with what another scaler would have saved.
      let next = try GradientScaler(configuration, on: .cpu)
      try next.state.assign(scaler.state)
      scaler = next
    }
  }

  @Test("Begins with 65536 and grows after 2,000 steps")
  func begins() throws {
    let scaler = try GradientScaler(on: .cpu)
    #expect(try scaler.state["scale"]?.item() == 65536)
    for _ in 0..<1999 { try scaler.update() }
    #expect(try scaler.state["scale"]?.item() == 65536)
    try scaler.update()
    #expect(try scaler.state["scale"]?.item() == 131_072)
  }

  @Test("Saves gradients that float16 cannot hold")
  func savesSmallGradients() throws {
    func loss() throws -> Tensor {
      try weight.converted(to: .float16).sum().converted(to: .float32) * 1e-9
    }
    try loss().backward()
    #expect(try weight.gradient?.values(as: Float.self) == [0, 0])
    try optimizer.clearGradients()
    let scaler = try GradientScaler(on: .cpu)
    try scaler.scaled(loss()).backward()
    #expect(try scaler.unscaleGradients(of: optimizer).item() == 0)
    for value in try #require(try weight.gradient?.values(as: Double.self)) {
      #expect(value.isClose(to: 1e-9, relative: 1e-3))
    }
  }
}
