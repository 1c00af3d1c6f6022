// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import Testing

@Suite("Tensor", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct TensorTests {
  @Test("Holds numbers in row-major order")
  func holdsNumbers() throws {
    let tensor = try Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
    #expect(tensor.shape == [2, 3])
    #expect(tensor.strides == [3, 1])
    #expect(tensor.count == 6)
    #expect(tensor.scalarType == .float32)
    #expect(tensor.device == .cpu)
    #expect(tensor.description == "float32[2, 3]")
    #expect(try tensor.values(as: Float.self) == [1, 2, 3, 4, 5, 6])
    #expect(try tensor.transposed(0, 1).values(as: Int.self) == [1, 4, 2, 5, 3, 6])
  }

  @Test("Refuses a shape that does not fit the numbers")
  func refusesShape() throws {
    let error = #expect(throws: TensorError.self) { try Tensor([1.0, 2.0], shape: [3]) }
    #expect(error?.code == .refused)
    #expect(error?.message.contains("24 bytes") == true)
  }

  @Test("Tells the call and libtorch's reason")
  func tellsReason() throws {
    let a = try Tensor.ones([2, 3])
    let error = #expect(throws: TensorError.self) { try a.matmul(a) }
    #expect(
      error?.message.hasPrefix("aten::matmul(float32[2, 3], float32[2, 3]): mat1 and mat2") == true)
  }

  @Test("Tells the name of an operator that does not exist")
  func tellsUnknownOperator() throws {
    let error = #expect(throws: TensorError.self) { try Operator("aten::no_such_operator")() }
    #expect(error?.message.contains("aten::no_such_operator") == true)
  }

  @Test("Accumulates gradients, and not without recording")
  func accumulatesGradients() throws {
    let weight = try Tensor([1, 2, 3] as [Float], shape: [3])
    try weight.setRequiresGradient(true)
    for _ in 0..<2 { try weight.squared().sum().backward() }
    #expect(try weight.gradient?.values(as: Float.self) == [4, 8, 12])
    try weight.setGradient(nil)
    #expect(weight.gradient == nil)
    #expect(try withoutGradients { try weight.squared().requiresGradient } == false)
    #expect(try withInference { try weight.squared().requiresGradient } == false)
    #expect(try weight.squared().requiresGradient)
  }

  @Test("Draws the same numbers from the same seed, and goes on from a kept state")
  func drawsRepeatably() throws {
    let generator = try Generator(seed: 7)
    let first = try Tensor.normal([4], from: generator).values(as: Float.self)
    let state = try generator.state()
    let second = try Tensor.normal([4], from: generator).values(as: Float.self)
    let other = try Generator(seed: 7)
    #expect(try Tensor.normal([4], from: other).values(as: Float.self) == first)
    try other.restore(state)
    #expect(try Tensor.normal([4], from: other).values(as: Float.self) == second)
    #expect(first != second)
  }

  @Test("Runs in a narrower type inside an autocast scope")
  func autocasts() throws {
    let a = try Tensor.ones([2, 2])
    #expect(try withAutocast(to: .bfloat16, on: .cpu) { try a.matmul(a).scalarType } == .bfloat16)
    #expect(try a.matmul(a).scalarType == .float32)
  }
}
