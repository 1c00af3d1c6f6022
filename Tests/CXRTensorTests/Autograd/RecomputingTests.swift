// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTestSupport
import Testing

@Suite("Recomputing", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct RecomputingTests {
  /// A part of a network with everything whose second run could differ from the first.
  struct Part {
    let norm: BatchNorm
    let first, second: Linear
    let dropout: Double

    init(dropout: Double, in scope: ParameterScope) throws(TensorError) {
      norm = try BatchNorm(channels: 3, in: scope["norm"])
      first = try Linear(inputs: 3, outputs: 16, in: scope["first"])
      second = try Linear(inputs: 16, outputs: 3, in: scope["second"])
      self.dropout = dropout
    }

    func callAsFunction(_ x: Tensor) throws(TensorError) -> Tensor {
      try second(first(norm(x, .training)).rectified().dropout(dropout, .training))
    }
  }

  /// Runs a network of two parts backward and gives the loss, gradients and buffers.
  static func numbers(
    recomputed: Bool, dropout: Double, anchored: Bool = true, steps: Int = 2,
    _ scope: (() throws -> Void) throws -> Void = { try $0() }
  ) throws -> [[Float]] {
    let network = try Network(seed: 3) { scope throws(TensorError) in
      [
        try Part(dropout: dropout, in: scope[0]), try Part(dropout: dropout, in: scope[1]),
      ]
    }
    let input = try Tensor(ClosedForm.input(24), shape: [8, 3])
    try input.setRequiresGradient(anchored)
    for _ in 0..<steps {
      try scope {
        var x = input
        for part in network.module {
          x = recomputed ? try recomputing(x) { x throws(TensorError) in try part(x) } : try part(x)
        }
        try x.converted(to: .float32).squared().sum().backward()
      }
    }
    var numbers = try network.state.parameters.map {
      try #require($0.tensor.gradient).values(as: Float.self)
    }
    numbers += try network.state.entries.map { try $0.tensor.values(as: Float.self) }
    if anchored { numbers.append(try #require(input.gradient).values(as: Float.self)) }
    return numbers
  }

  @Test(
    "Gives the same gradients and running statistics, bit for bit, whether or not an input needs one",
    arguments: [true, false])
  func agrees(anchored: Bool) throws {
    let plain = try Self.numbers(recomputed: false, dropout: 0, anchored: anchored)
    let recomputed = try Self.numbers(recomputed: true, dropout: 0, anchored: anchored)
    #expect(plain == recomputed)
  }

  // Other tests draw from the shared generator at the same time, which is why this has a process.
  @Test("Drops out the same elements in the second run, and goes on with the generator after it")
  func dropsOutTheSame() async {
    await #expect(processExitsWith: .success) {
      try Generator.seedShared(11)
      let plain = try RecomputingTests.numbers(recomputed: false, dropout: 0.5)
      let next = try Tensor.normal([4]).values(as: Float.self)
      try Generator.seedShared(11)
      let recomputed = try RecomputingTests.numbers(recomputed: true, dropout: 0.5)
      #expect(plain == recomputed)
      #expect(try Tensor.normal([4]).values(as: Float.self) == next)
      try Generator.seedShared(12)
      #expect(try RecomputingTests.numbers(recomputed: true, dropout: 0.5) != plain)
    }
  }

  @Test("Casts in the second run as in the first, whether the scope is left before it or not")
  func casts() throws {
    func scope(_ body: () throws -> Void) throws {
      try withAutocast(to: .bfloat16, on: .cpu, body)
    }
    let plain = try Self.numbers(recomputed: false, dropout: 0, scope)
    #expect(try Self.numbers(recomputed: true, dropout: 0, scope) == plain)
    #expect(try Self.numbers(recomputed: false, dropout: 0) != plain)

    let weight = try Tensor([1, 2, 3, 4] as [Float], shape: [2, 2])
    try weight.setRequiresGradient(true)
    let loss = try withAutocast(to: .bfloat16, on: .cpu) {
      try recomputing(weight * 1) { x throws(TensorError) in
        let product = try x.matmul(weight)
        guard product.scalarType == .bfloat16 else { throw TensorError(.refused, "not cast") }
        return product
      }.sum()
    }
    try loss.backward()
    #expect(weight.gradient != nil)
  }

  @Test("Leaves no cast weights behind that a later scope would take for the present ones")
  func leavesNoCasts() throws {
    let weight = try Tensor([2] as [Float], shape: [1, 1])
    try weight.setRequiresGradient(true)
    let one = try Tensor.ones([1, 1])
    func product() throws -> Tensor {
      try recomputing(one) { x throws(TensorError) in try x.matmul(weight) }
    }
    func value() throws -> Double {
      try withAutocast(to: .bfloat16, on: .cpu) { try one.matmul(weight).item() }
    }
    let first = try withAutocast(to: .bfloat16, on: .cpu) { try product() }
    try first.sum().backward()
    try withoutGradients { try weight.fill(3) }
    #expect(try value() == 3)
    // Within one scope: the weight that was cast without recording is not taken for the recorded.
    try weight.setGradient(nil)
    try withAutocast(to: .bfloat16, on: .cpu) {
      let recomputed = try product()
      try (recomputed + one.matmul(weight)).sum().backward()
    }
    #expect(try weight.gradient?.values(as: Float.self) == [2])
  }

  @Test("Runs once where nothing is recorded, and twice with a backward pass")
  func countsRuns() throws {
    let weight = try Tensor.ones([2])
    try weight.setRequiresGradient(true)
    var runs = 0
    func run() throws -> Tensor {
      try recomputing(Tensor.ones([2])) { x throws(TensorError) in
        runs += 1
        return try x * weight
      }
    }
    #expect(try withInference { try run().requiresGradient } == false)
    #expect(try withoutGradients { try run().requiresGradient } == false)
    #expect(runs == 2)
    let result = try run()
    #expect(runs == 3)
    try result.sum().backward()
    #expect(runs == 4)
  }

  @Test("Takes several inputs, some of whole numbers, gives several results, and nests")
  func nests() throws {
    func gradients(recomputed: Bool) throws -> [[Float]] {
      let a = try Tensor([1, 2, 3] as [Float], shape: [3])
      let b = try Tensor([4, 5, 6] as [Float], shape: [3])
      let index = try Tensor([2, 0], shape: [2])
      for tensor in [a, b] { try tensor.setRequiresGradient(true) }
      func body(_ x: [Tensor]) throws(TensorError) -> [Tensor] {
        let inner: ([Tensor]) throws(TensorError) -> [Tensor] = { x throws(TensorError) in
          [try (x[0] * x[1]).exponential() * 1e-3]
        }
        let product = recomputed ? try recomputing([x[0], x[1]], inner) : try inner([x[0], x[1]])
        let picked = try Operator("aten::index_select")(
          .tensor(product[0]), .integer(0), .tensor(x[2]))
        return [picked, try x[0].squared(), x[2]]
      }
      let results = recomputed ? try recomputing([a, b, index], body) : try body([a, b, index])
      #expect(results.count == 3)
      #expect(try results[2].values(as: Int.self) == [2, 0])
      try results[0].sum().backward()
      return try [a, b].map { try #require($0.gradient).values(as: Float.self) }
    }
    #expect(try gradients(recomputed: true) == gradients(recomputed: false))
  }

  @Test("Throws what the body throws in its first run")
  func throwsInFirstRun() throws {
    let error = #expect(throws: TensorError.self) {
      try recomputing(Tensor.ones([2])) { _ throws(TensorError) in
        throw TensorError(.nonFinite, "a number is NaN")
      }
    }
    #expect(error == TensorError(.nonFinite, "a number is NaN"))
  }

  @Test("Throws from backward what the body throws in its second run, and puts scopes back")
  func throwsInSecondRun() throws {
    var runs = 0
    let result = try withAutocast(to: .bfloat16, on: .cpu) {
      try recomputing(Tensor.ones([2])) { x throws(TensorError) in
        runs += 1
        guard runs == 1 else { throw TensorError(.nonFinite, "a number is NaN") }
        return x
      }
    }
    let error = #expect(throws: TensorError.self) { try result.sum().backward() }
    #expect(error?.message.contains("a number is NaN") == true)
    let one = try Tensor.ones([1, 1])
    #expect(try one.matmul(one).scalarType == .float32)
  }

  @Test("Refuses more results than can be given, and no inputs")
  func refuses() throws {
    let many = #expect(throws: TensorError.self) {
      try recomputing([Tensor.ones([1])]) { x throws(TensorError) in
        Array(repeating: x[0], count: 17)
      }
    }
    #expect(many?.message.contains("17 tensors") == true)
    #expect(throws: TensorError.self) { try recomputing([]) { x throws(TensorError) in x } }
  }

  @Test("Frees the body with what was recorded, and after an error")
  func frees() throws {
    final class Counted {
      let onEnd: () -> Void
      init(_ onEnd: @escaping () -> Void) { self.onEnd = onEnd }
      deinit { onEnd() }
    }
    var freed = 0
    func run(failing: Bool) throws -> Tensor {
      let counted = Counted { freed += 1 }
      return try recomputing(Tensor.ones([2])) { x throws(TensorError) in
        try withExtendedLifetime(counted) { () throws(TensorError) in
          if failing { throw TensorError(.refused, "no") }
          return try x * 2
        }
      }
    }
    do {
      let result = try run(failing: false)
      #expect(freed == 0)
      try result.sum().backward()
    }
    #expect(freed == 1)
    _ = try run(failing: false)
    #expect(freed == 2)
    #expect(throws: TensorError.self) { try run(failing: true) }
    #expect(freed == 3)
    _ = try withoutGradients { try run(failing: false) }
    #expect(freed == 4)
  }

  // The peak of a process only rises, so the run that should need less comes first.
  @Test("Needs less memory at its peak", .enabled(if: ProcessMemory.isMeasured))
  func needsLessMemory() async {
    await #expect(processExitsWith: .success) {
      func run(recomputed: Bool, count: Int) throws {
        var x = try Tensor.ones([count])
        try x.setRequiresGradient(true)
        for _ in 0..<10 {
          func body(_ x: Tensor) throws(TensorError) -> Tensor {
            try x.sigmoid().squared().exponential().squareRoot().sigmoid()
          }
          x = recomputed ? try recomputing(x, body) : try body(x)
        }
        try x.sum().backward()
      }
      // Large blocks go back to the kernel when they are freed.
      try ProcessMemory.returnFreedBlocks()
      // libtorch's own pages are counted when they are first used.
      for recomputed in [true, false] { try run(recomputed: recomputed, count: 8) }
      let before = try ProcessMemory.peakMB()
      try run(recomputed: true, count: 1 << 21)
      let recomputed = try ProcessMemory.peakMB() - before
      try run(recomputed: false, count: 1 << 21)
      let plain = try ProcessMemory.peakMB() - before
      // 10 inputs of 8 MB and one part's tensors, in place of 40: 145 MB and 353 MB were seen.
      #expect(recomputed * 2 < plain)
      #expect(plain > 300)
    }
  }
}
