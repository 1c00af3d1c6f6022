// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import Testing

@Suite("State dictionary", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct StateDictionaryTests {
  func state(_ outputs: Int, named name: String) throws -> StateDictionary {
    try Network(seed: UInt64(outputs)) { scope throws(TensorError) in
      (
        try Linear(inputs: 2, outputs: outputs, in: scope["same"]),
        try Linear(inputs: 2, outputs: 1, in: scope[name])
      )
    }.state
  }

  @Test("Takes over another's elements, and a copy has its own")
  func assigns() throws {
    let state = try state(3, named: "a")
    let copy = try state.copy()
    let weight = try #require(state["same.weight"])
    let kept = try weight.values(as: Float.self)
    try withoutGradients { try weight.fill(9) }
    #expect(try copy["same.weight"]?.values(as: Float.self) == kept)
    #expect(copy["same.weight"]?.requiresGradient == false)
    try state.assign(copy)
    #expect(try weight.values(as: Float.self) == kept)
    #expect(weight.requiresGradient)
  }

  @Test("Names everything that does not fit, and takes over nothing then")
  func namesMisfits() throws {
    let state = try state(3, named: "a")
    let before = try #require(state["same.bias"]).values(as: Float.self)
    let other = try self.state(4, named: "b")
    let error = #expect(throws: TensorError.self) { try state.assign(other) }
    #expect(error?.code == .mismatch)
    #expect(
      error?.message == """
        the tensors do not fit: same.weight is [4, 2] in place of [3, 2]; same.bias is [4] in \
        place of [3]; a.weight is missing; a.bias is missing; b.weight is not expected; b.bias is \
        not expected
        """)
    #expect(try state["same.bias"]?.values(as: Float.self) == before)
  }
}
