// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import Testing

@Suite("Class weighting")
struct ClassWeightingTests {
  private func list(_ targets: [UInt8], firstID: Int64 = 1) throws -> LabelledImages {
    let ids = (0..<targets.count / 2).map { firstID + Int64($0) }
    return try LabelledImages(
      labels: .findings(.edema, .pneumonia), radiographIDs: ids, patientIDs: ids,
      pixelIndices: ids.map { Int($0) }, targets: targets, pixels: MadeUpPixels())
  }

  private let unknown = LabelledImages.ignored

  @Test("Balanced is negative over positive of the known labels; 1 where a class is missing")
  func balances() throws {
    // Edema: 1 positive, 3 negative, 1 unknown. Pneumonia: 2 positive, no negative.
    let images = try list([1, 1, 0, 1, 0, unknown, 0, unknown, unknown, unknown])
    let examples = ExampleSet(images)
    #expect(ClassWeighting.balanced.positiveWeights(of: examples) == [3, 1])
    #expect(ClassWeighting.none.positiveWeights(of: examples) == nil)
  }

  @Test("Both sources count, and only the images that are learned from")
  func countsBothSources() throws {
    let real = try list([1, 1, 0, 0, 0, 0])
    let synthetic = try list([1, 0, 0, 0, 0, 0, 0, 0], firstID: 100)
    func weights(_ mix: String) throws -> [Float]? {
      let examples = try ExampleSet(
        real: real, synthetic: synthetic, mix: TrainingMix(mix), seed: 1)
      return ClassWeighting.balanced.positiveWeights(of: examples)
    }
    #expect(try weights("real") == [2, 2])
    #expect(try weights("synthetic") == [3, 1])
    #expect(try weights("mixed") == [2.5, 6])
  }
}
