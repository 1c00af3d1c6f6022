// SPDX-License-Identifier: Apache-2.0
import CXRGeneration
import CXRStatistics
import Foundation
import Testing

@Suite("Summary of memorised images")
struct MemorizationSummaryTests {
  @Test("Counts what is beyond the limit, and what is nearest to its own radiograph")
  func counts() throws {
    func vectors(_ degrees: [Double]) throws -> UnitVectors {
      try UnitVectors(
        degrees.flatMap { [Float(cos($0 * .pi / 180)), Float(sin($0 * .pi / 180))] },
        dimensions: 2)
    }
    let check = try MemorizationCheck(
      synthetic: vectors([1, 41, 80.1, 95]), real: vectors([0, 10, 40, 80]),
      patients: [0, 1, 2, 3], probability: 0.99)
    let summary = MemorizationSummary(check, of: "c", sources: [0, 2, 2, 1])
    // Real ones come as near as 10 degrees, so that three are beyond the limit.
    #expect(summary.suspectCount == 3 && summary.suspectShare == 0.75)
    #expect(summary.ownCount == 2)
    #expect(summary.syntheticQuantiles.count == 101)
    #expect(abs(summary.syntheticQuantiles[0] - cos(15 * .pi / 180)) < 1e-6)
    #expect(abs(summary.realQuantiles[100] - cos(10 * .pi / 180)) < 1e-6)
    #expect(MemorizationSummary(check, of: "c", sources: nil).ownCount == nil)
  }
}
