// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTestSupport
import Testing

@Suite("WeightAdaptation", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct WeightAdaptationTests {
  private struct Small {
    let stem: Convolution
    let head: Linear
  }

  private func network(
    seed: UInt64, channels: Int, outputs: Int
  ) throws -> Network<Small> {
    try Network(seed: seed) { scope throws(TensorError) in
      Small(
        stem: try Convolution(
          inputs: channels, outputs: 2, window: 3, .kaimingNormal(fan: 9), in: scope["conv0"]),
        head: try Linear(inputs: 2, outputs: outputs, in: scope["classifier"]))
    }
  }

  private func values(_ network: Network<Small>, _ name: String) throws -> [Float] {
    try #require(network.state[name]).values(as: Float.self)
  }

  private func file(
    _ network: Network<Small>, prefix: String = ""
  ) throws -> StoredTensors {
    StoredTensors(try network.state.stored().map { $0.renamed(prefix + $0.name) })
  }

  @Test("A new head keeps its numbers, whatever head the file has")
  func newHead() throws {
    let source = try network(seed: 1, channels: 3, outputs: 5)
    let target = try network(seed: 2, channels: 3, outputs: 2)
    let before = try values(target, "classifier.weight")
    let tensors = try file(source, prefix: "module.")
    #expect(throws: TensorError.self) { try target.state.load(tensors, from: "x") }
    let notes = try target.state.load(
      tensors, from: "x", adapting: WeightAdaptation(newHead: "classifier"))
    #expect(try values(target, "conv0.weight") == values(source, "conv0.weight"))
    #expect(try values(target, "classifier.weight") == before)
    #expect(
      notes == [
        "module. removed from 3 names", "classifier is new, not from the file",
      ])
    let headless = StoredTensors(tensors.filter { !$0.name.contains("classifier") })
    let third = try network(seed: 3, channels: 3, outputs: 2)
    try third.state.load(headless, from: "x", adapting: WeightAdaptation(newHead: "classifier"))
    #expect(try values(third, "conv0.weight") == values(source, "conv0.weight"))
  }

  @Test("A new head excuses nothing else")
  func newHeadOnly() throws {
    let target = try network(seed: 2, channels: 3, outputs: 2)
    let other = try StoredTensors(
      file(network(seed: 1, channels: 3, outputs: 5)).map {
        $0.name == "conv0.weight" ? $0.renamed("classifierconv.weight") : $0
      })
    let error = #expect(throws: TensorError.self) {
      try target.state.load(other, from: "x", adapting: WeightAdaptation(newHead: "classifier"))
    }
    #expect(error?.message.contains("1 missing (conv0.weight)") == true)
    #expect(error?.message.contains("1 unexpected (classifierconv.weight)") == true)
  }

  @Test("A sum over channels sees a grey picture as three equal channels, a mean a third of it")
  func channels() throws {
    let source = try network(seed: 1, channels: 3, outputs: 2)
    let grey = try Tensor(ClosedForm.input(25), shape: [1, 1, 5, 5])
    let expected = try source.module.stem(grey.expanded([1, 3, 5, 5])).values(as: Float.self)
    for (kind, factor) in [(WeightAdaptation.InputChannels.summed, Float(1)), (.averaged, 3)] {
      let target = try network(seed: 2, channels: 1, outputs: 2)
      let notes = try target.state.load(
        file(source), from: "x", adapting: WeightAdaptation(inputChannels: kind))
      #expect(notes.count == 1 && notes[0].contains("of 3 input channels"))
      let found = try target.module.stem(grey).values(as: Float.self)
      for (a, b) in zip(found, expected) { #expect(abs(a * factor - b) < 1e-5) }
    }
  }

  @Test("Channels are not folded unless that is asked for, nor for another kernel")
  func refusesChannels() throws {
    let tensors = try file(network(seed: 1, channels: 3, outputs: 2))
    let target = try network(seed: 2, channels: 1, outputs: 2)
    let before = try values(target, "conv0.weight")
    let error = #expect(throws: TensorError.self) {
      try target.state.load(tensors, from: "x")
    }
    #expect(error?.message.contains("conv0.weight [2, 3, 3, 3], not [2, 1, 3, 3]") == true)
    let wide = StoredTensor(
      name: "conv0.weight", scalarType: .float32, shape: [2, 3, 1, 1],
      bytes: Array(repeating: 0, count: 24))
    let others = tensors.filter { $0.name != "conv0.weight" } + [wide]
    #expect(throws: TensorError.self) {
      try target.state.load(
        StoredTensors(others), from: "x", adapting: WeightAdaptation(inputChannels: .summed))
    }
    #expect(try values(target, "conv0.weight") == before)
  }
}
