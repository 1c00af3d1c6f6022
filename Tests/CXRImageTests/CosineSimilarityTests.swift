// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import Testing

@testable import CXRImage

@Suite("Cosine similarity")
struct CosineSimilarityTests {
  @Test("Measures the angle, not the length")
  func measuresAngle() throws {
    #expect(try CosineSimilarity.between([1, 0], [5, 0]) == 1)
    #expect(try CosineSimilarity.between([1, 0], [0, 3]) == 0)
    #expect(try CosineSimilarity.between([1, 2], [-2, -4]) == -1)
    #expect(
      try CosineSimilarity.between([1, 1], [1, 0]).isClose(to: 0.5.squareRoot(), absolute: 1e-15))
  }

  @Test("Is undefined for a vector without direction", arguments: [0, .nan, .infinity] as [Float])
  func refusesDirectionless(_ value: Float) {
    let error = #expect(throws: ImageError.self) {
      try CosineSimilarity.between([value, 0], [1, 1])
    }
    #expect(error?.code == .unfitValue)
  }

  @Test("Refuses images of other sizes")
  func refusesSizes() {
    let error = #expect(throws: ImageError.self) {
      try CosineSimilarity.between(
        ImageGolden.picture(4, 6, seed: 1), ImageGolden.picture(6, 4, seed: 1))
    }
    #expect(error?.code == .unfitSize)
  }
}
