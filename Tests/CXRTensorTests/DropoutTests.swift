// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTestSupport
import Testing

@Suite("Dropout", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct DropoutTests {
  private let ones: Tensor

  init() throws { ones = try Tensor.ones([1_000]) }

  @Test("Is a function of its generator")
  func followsGenerator() throws {
    func dropped(_ seed: UInt64) throws -> [Float] {
      try ones.dropout(0.25, .training, from: Generator(seed: seed)).values(as: Float.self)
    }
    let first = try dropped(5)
    #expect(try first == dropped(5) && first != dropped(6))
    let zeros = first.count { $0 == 0 }
    // 250 are expected, with a standard deviation of 14.
    #expect((180...320).contains(zeros))
    #expect(first.allSatisfy { $0 == 0 || abs($0 - 4 / 3) < 1e-6 })
  }

  // Other tests draw from the shared generator at the same time, which is why this has a process.
  @Test("Drops what libtorch's operator drops, and leaves the shared generator alone")
  func agreesWithOperator() async {
    await #expect(processExitsWith: .success) {
      let input = try Tensor(ClosedForm.input(64), shape: [8, 8])
      try input.setRequiresGradient(true)
      func numbers(_ generator: Generator?) throws -> [[Float]] {
        try input.setGradient(nil)
        let output = try input.dropout(0.4, .training, from: generator)
        try output.squared().sum().backward()
        return [
          try output.values(as: Float.self),
          try #require(input.gradient).values(as: Float.self),
        ]
      }
      try Generator.seedShared(9)
      let expected = try numbers(nil)
      try Generator.seedShared(4)
      #expect(try numbers(Generator(seed: 9)) == expected)
      let next = try Tensor.normal([4]).values(as: Float.self)
      try Generator.seedShared(4)
      #expect(try Tensor.normal([4]).values(as: Float.self) == next)
    }
  }

  @Test("Keeps all in evaluation and nothing at probability 1")
  func limits() throws {
    let generator = try Generator(seed: 1)
    #expect(try ones.dropout(0.5, .evaluation, from: generator) === ones)
    #expect(try ones.dropout(1, .training, from: generator).sum().item() == 0)
  }
}
