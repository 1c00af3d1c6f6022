// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

/// Each measurement has a process of its own, in which nothing else takes memory.
@Suite(
  "Leaks", .enabled(if: Torch.isAvailable, "this build has no libtorch"),
  .enabled(if: ProcessMemory.isMeasured, "the address sanitizer looks for leaks itself"))
struct LeakTests {
  /// The growth, in megabytes, that 100,000 calls may cause: 0.2 was seen, and 5.3 with a tensor of
  /// each ten kept.
  static let allowance = 2.0

  /// Calls operators and gives how the process has grown since the first of them.
  ///
  /// - Parameters:
  ///   - rounds: How many times ten operators are called, among them one that fails and those of a
  ///     backward pass.
  ///   - keeping: Whether one result of each round is kept, as a leak would.
  /// - Returns: The growth of the resident memory in megabytes.
  /// - Throws: What an operator throws.
  static func growthMB(rounds: Int, keeping: Bool) throws -> Double {
    let weight = try Tensor([1, 2, 3] as [Float], shape: [3])
    try weight.setRequiresGradient(true)
    var kept: [Tensor] = []
    func round() throws {
      let product = try weight * weight + 1
      let parts = try product.chunks(3, along: 0)
      let joined = try Tensor.joined(parts, along: 0)
      try joined.sum().backward()
      try weight.setGradient(nil)
      _ = try? joined.matmul(Tensor.ones([5, 5]))
      _ = try recomputing(product) { x throws(TensorError) in try x.sigmoid() }
      if keeping { kept.append(try product.detached()) }
    }
    for _ in 0..<500 { try round() }
    let before = try ProcessMemory.residentMB()
    for _ in 0..<rounds { try round() }
    return try withExtendedLifetime(kept) { try ProcessMemory.residentMB() - before }
  }

  @Test("100,000 operator calls leave nothing behind")
  func leavesNothing() async {
    await #expect(processExitsWith: .success) {
      let growth = try LeakTests.growthMB(rounds: 10_000, keeping: false)
      #expect(growth < LeakTests.allowance)
    }
  }

  @Test("The same measurement finds one kept tensor in ten calls")
  func findsKept() async {
    await #expect(processExitsWith: .exitCode(3)) {
      let growth = try LeakTests.growthMB(rounds: 10_000, keeping: true)
      exit(growth < LeakTests.allowance ? 0 : 3)
    }
  }
}
