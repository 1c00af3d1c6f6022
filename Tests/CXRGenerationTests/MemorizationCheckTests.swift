// SPDX-License-Identifier: Apache-2.0
import CXRGeneration
import CXRStatistics
import Testing

@Suite("Memorisation")
struct MemorizationCheckTests {
  /// Directions in the plane, each to the left of the one before where numbers rise to 180.
  private func vectors(_ angles: [Double]) throws -> UnitVectors {
    let rows = angles.flatMap { angle -> [Float] in
      let t = Float(angle / 180)
      return [1 - t * t, 2 * t]
    }
    return try UnitVectors(rows, dimensions: 2)
  }

  @Test("Names a copy, and the image that it copies")
  func findsCopy() throws {
    let real = try vectors([0, 20, 40, 60, 80, 100])
    let synthetic = try vectors([130, 40.001, 160])
    let check = try MemorizationCheck(
      synthetic: synthetic, real: real, patients: [0, 1, 2, 3, 4, 5])
    #expect(check.suspects.map(\.synthetic) == [1])
    #expect(check.suspects.map(\.real) == [2])
    #expect(check.suspectShare == 1.0 / 3)
  }

  @Test("Does not compare images of one patient")
  func ignoresSamePatient() throws {
    // The two images of patient 0 are almost the same; that is no measure of two patients.
    let real = try vectors([0, 0.01, 60, 120])
    let check = try MemorizationCheck(
      synthetic: vectors([30]), real: real, patients: [0, 0, 1, 2], probability: 0.5)
    #expect(check.limit < 0.99)
    #expect(throws: GenerationError.self) {
      try MemorizationCheck(synthetic: real, real: real, patients: [0, 0, 0, 0])
    }
  }
}
