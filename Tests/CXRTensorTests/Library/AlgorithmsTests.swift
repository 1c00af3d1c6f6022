// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import Testing

// The choice is one of the process, which is why the test has one of its own.
@Suite("Algorithms", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct AlgorithmsTests {
  @Test("An operator without a repeatable algorithm is refused while one is required")
  func refusesUnrepeatable() async {
    await #expect(processExitsWith: .success) {
      func put() throws {
        try Operator("aten::put_")(
          .tensor(Tensor.zeros([4])), .tensor(Tensor([1], shape: [1])), .tensor(Tensor.ones([1])))
      }
      try Algorithms().use()
      try put()
      var algorithms = Algorithms()
      algorithms.repeatability = .required
      try algorithms.use()
      let error = #expect(throws: TensorError.self) { try put() }
      #expect(error?.code == .refused)
      #expect(error?.message.contains("deterministic") == true)
      algorithms.repeatability = .optional
      algorithms.factors = .tf32
      algorithms.convolutionChoice = .trial
      try algorithms.use()
      try put()
    }
  }

  @Test("The processor's memory is not counted by libtorch")
  func hasNoDeviceMemory() throws {
    #expect(try Device.cpu.memory() == nil)
    try Device.cpu.resetPeakMemory()
  }
}
