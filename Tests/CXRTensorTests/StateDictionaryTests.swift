// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTestSupport
import Testing

@Suite("StateDictionary", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct StateDictionaryTests {
  private func network(seed: UInt64, outputs: Int = 2) throws -> Network<Linear> {
    try Network(seed: seed) { scope throws(TensorError) in
      try Linear(inputs: 3, outputs: outputs, in: scope["head"])
    }
  }

  @Test("Names tensors by their scopes, in the order in which they are made")
  func names() throws {
    let state = try network(seed: 1).state
    #expect(state.names == ["head.weight", "head.bias"])
    #expect(state["head.weight"]?.shape == [2, 3])
    #expect(state.parameterCount == 8)
  }

  @Test("The same seed gives the same numbers, another seed others")
  func seeds() throws {
    let weights = try [1, 1, 2].map { seed in
      try #require(try network(seed: seed).state["head.weight"]).values(as: Float.self)
    }
    #expect(weights[0] == weights[1])
    #expect(weights[0] != weights[2])
  }

  @Test("Comes back from a file as it was")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("model.safetensors")
    let first = try network(seed: 1)
    let second = try network(seed: 2)
    try SafetensorsFile.write(first.state.stored(), to: path)
    try second.state.load(WeightFile(path: path).tensors, from: path)
    let input = try Tensor([1, 2, 3] as [Float], shape: [1, 3])
    #expect(
      try first.module(input).values(as: Float.self)
        == second.module(input).values(as: Float.self))
  }

  @Test("Names all differences at once and changes nothing")
  func mismatch() throws {
    let first = try network(seed: 1, outputs: 4)
    let second = try network(seed: 2)
    let before = try second.state["head.bias"]?.values(as: Float.self)
    let weight = try #require(first.state["head.weight"]).stored(named: "head.weight")
    let other = weight.renamed("other")
    let error = #expect(throws: TensorError.self) {
      try second.state.load(StoredTensors([weight, other]), from: "file")
    }
    #expect(error?.code == .mismatch)
    for words in ["1 missing (head.bias)", "1 unexpected (other)", "[4, 3], not [2, 3]"] {
      #expect(error?.message.contains(words) == true, "\(words)")
    }
    #expect(try second.state["head.bias"]?.values(as: Float.self) == before)
  }
}
