// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import Testing

@Suite("Autocast", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct AutocastTests {
  @Test("Puts the outer scope's type back when an inner scope ends, also after an error")
  func nests() throws {
    let one = try Tensor.ones([1, 1])
    var types: [ScalarType] = []
    func note() throws { types.append(try one.matmul(one).scalarType) }
    struct Failure: Error {}
    try withAutocast(to: .bfloat16, on: .cpu) {
      try? withAutocast(to: .float16, on: .cpu) {
        try note()
        throw Failure()
      }
      try note()
    }
    try note()
    #expect(types == [.float16, .bfloat16, .float32])
  }
}
