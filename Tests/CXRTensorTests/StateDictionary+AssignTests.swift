// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import Testing

@Suite(
  "State dictionaries of one another", .enabled(if: Torch.isAvailable, "this build has no libtorch")
)
struct StateDictionaryAssignTests {
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
        assign: its tensors are not those of the network: 2 missing (a.weight, a.bias); \
        2 unexpected (b.weight, b.bias); 2 of another shape (same.weight [4, 2], not [3, 2], \
        same.bias [4], not [3]); check the architecture and its number of outputs
        """)
    #expect(try state["same.bias"]?.values(as: Float.self) == before)
  }
}
