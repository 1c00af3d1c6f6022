// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTestSupport
import Testing

@Suite("Optimizer", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct OptimizerTests {
  static let methods: [OptimizationMethod] = [
    .adamW(), amsgrad, .sgd(momentum: 0), .sgd(momentum: 0.9, weightDecay: 1e-3, .nesterov),
  ]

  static var amsgrad: OptimizationMethod {
    var adam = Adam()
    adam.decay = .coupled
    adam.divisor = .maximum
    return .adam(adam)
  }

  let input: Tensor

  init() throws { input = try Tensor(ClosedForm.input(12), shape: [4, 3]) }

  func network() throws -> Network<Linear> {
    try Network(seed: 5) { scope throws(TensorError) in
      try Linear(inputs: 3, outputs: 2, in: scope)
    }
  }

  func step(_ network: Network<Linear>, _ optimizer: Optimizer, unless flag: Tensor? = nil) throws {
    try optimizer.clearGradients()
    try network.module(input).squared().sum().backward()
    try optimizer.step(learningRate: 0.01, unless: flag)
  }

  func numbers(_ state: StateDictionary) throws -> [[Float]] {
    try state.entries.map { try $0.tensor.values(as: Float.self) }
  }

  @Test("Goes on from what was saved, bit for bit", arguments: methods)
  func goesOn(_ method: OptimizationMethod) throws {
    let network = try network()
    let optimizer = try Optimizer(method, of: network.state.parameters)
    for _ in 0..<3 { try step(network, optimizer) }

    let savedNetwork = try network.state.copy()
    let savedState = try optimizer.state.copy()
    for _ in 0..<2 { try step(network, optimizer) }

    let other = try self.network()
    let otherOptimizer = try Optimizer(method, of: other.state.parameters)
    try other.state.assign(savedNetwork)
    try otherOptimizer.state.assign(savedState)
    for _ in 0..<2 { try step(other, otherOptimizer) }
    #expect(try numbers(other.state) == numbers(network.state))
    #expect(try numbers(otherOptimizer.state) == numbers(optimizer.state))
  }

  @Test("Keeps its state in a weight file", arguments: methods)
  func keepsInFile(_ method: OptimizationMethod) throws {
    let network = try network()
    let optimizer = try Optimizer(method, of: network.state.parameters)
    for _ in 0..<3 { try step(network, optimizer) }
    let folder = try TemporaryFolder()
    let path = folder.path("optimizer.safetensors")
    try SafetensorsFile.write(optimizer.state.stored(), to: path)
    let other = try Optimizer(method, of: network.state.parameters)
    try other.state.load(WeightFile(path: path).tensors, from: path)
    #expect(try numbers(other.state) == numbers(optimizer.state))
  }

  @Test("Leaves everything as it is when the flag is raised", arguments: methods)
  func leavesAlone(_ method: OptimizationMethod) throws {
    let network = try network()
    let optimizer = try Optimizer(method, of: network.state.parameters)
    try step(network, optimizer, unless: Tensor(Float(0)))
    let weights = try numbers(network.state)
    let state = try numbers(optimizer.state)
    try step(network, optimizer, unless: Tensor(Float(1)))
    #expect(try numbers(network.state) == weights)
    #expect(try numbers(optimizer.state) == state)
    try step(network, optimizer, unless: Tensor(Float(0)))
    #expect(try numbers(network.state) != weights)
  }

  @Test("Names its state as PyTorch does")
  func namesState() throws {
    let parameters = try network().state.parameters
    #expect(
      try Optimizer(.adamW(), of: parameters).state.names == [
        "exp_avg.weight", "exp_avg.bias", "exp_avg_sq.weight", "exp_avg_sq.bias", "step.weight",
        "step.bias",
      ])
    #expect(try Optimizer(Self.amsgrad, of: parameters).state["max_exp_avg_sq.bias"] != nil)
    #expect(
      try Optimizer(.sgd(momentum: 0.9), of: parameters).state.names == [
        "momentum_buffer.weight", "momentum_buffer.bias",
      ])
    #expect(try Optimizer(.sgd(momentum: 0), of: parameters).state.names.isEmpty)
  }

  @Test("Leaves parameters without a gradient alone")
  func skipsWithoutGradient() throws {
    let network = try network()
    let optimizer = try Optimizer(.adamW(), of: network.state.parameters)
    try optimizer.step(learningRate: 0.01)
    let before = try numbers(network.state)
    try network.module(input).sum().backward()
    try network.state["bias"]?.setGradient(nil)
    try optimizer.step(learningRate: 0.01)
    let after = try numbers(network.state)
    #expect(after[0] != before[0])
    #expect(after[1] == before[1])
    #expect(try optimizer.state["step.weight"]?.item() == 1)
    #expect(try optimizer.state["step.bias"]?.item() == 0)
    try optimizer.clearGradients()
    #expect(network.state["weight"]?.gradient == nil)
  }

  @Test("Takes a gradient that lies in another memory order", arguments: methods)
  func takesAnotherOrder(_ method: OptimizationMethod) throws {
    let networks = [try network(), try network()]
    for (index, network) in networks.enumerated() {
      let optimizer = try Optimizer(method, of: network.state.parameters)
      try network.module(input).squared().sum().backward()
      if index == 1, let weight = network.state["weight"], let gradient = weight.gradient {
        try weight.setGradient(gradient.transposed(0, 1).contiguous().transposed(0, 1))
        #expect(weight.gradient?.strides == [1, 2])
      }
      try optimizer.step(learningRate: 0.01)
    }
    #expect(try numbers(networks[0].state) == numbers(networks[1].state))
  }

  @Test("Refuses parameters of several types")
  func refusesSeveralTypes() throws {
    let parameters = try network().state.parameters
    let narrow = StateDictionary.Entry(
      name: "narrow", tensor: try Tensor.zeros([1], as: .bfloat16), role: .parameter)
    let error = #expect(throws: TensorError.self) {
      try Optimizer(.adamW(), of: parameters + [narrow])
    }
    #expect(error?.code == .mismatch)
    #expect(error?.message.contains("narrow is bfloat16[1]") == true)
  }

  @Test("Shortens gradients to a norm, and leaves short ones and those that are not finite alone")
  func clips() throws {
    let network = try network()
    let optimizer = try Optimizer(.adamW(), of: network.state.parameters)
    let weight = try #require(network.state["weight"])
    let bias = try #require(network.state["bias"])
    #expect(try optimizer.clipGradients(toNorm: 1).item() == 0)
    func clip(_ gradient: [Float], to maximum: Double) throws -> (Double, [Float], Double) {
      try weight.setGradient(Tensor([gradient[0], 0, 0, 0, 0, 0] as [Float], shape: [2, 3]))
      try bias.setGradient(Tensor([0, gradient[1]] as [Float], shape: [2]))
      let norm = try optimizer.clipGradients(toNorm: maximum)
      let first = try weight.gradient?.values(as: Float.self)[0] ?? 0
      let second = try bias.gradient?.values(as: Float.self)[1] ?? 0
      return (try norm.item(), [first, second], try norm.nonFiniteFlag().item())
    }
    let (norm, clipped, flag) = try clip([3, 4], to: 1)
    #expect(norm == 5 && flag == 0)
    #expect(abs(clipped[0] - 0.6) < 1e-6 && abs(clipped[1] - 0.8) < 1e-6)
    #expect(try clip([3, 4], to: 10) == (5, [3, 4], 0))
    #expect(try clip([3, 4], to: .infinity) == (5, [3, 4], 0))
    #expect(try clip([.infinity, 4], to: 1) == (.infinity, [.infinity, 4], 1))
    let (undefined, kept, raised) = try clip([.nan, 4], to: 1)
    #expect(undefined.isNaN && kept[1] == 4 && raised == 1)
  }
}
