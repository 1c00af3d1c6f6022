// SPDX-License-Identifier: Apache-2.0
import CXRCore
import Foundation
import Testing

@Suite("NumPy's permutations and published splits")
struct SplitMethodTests {
  /// Numbers computed by NumPy, scikit-learn and pandas; the file names its script and versions.
  struct Reference: Decodable, Sendable {
    struct Permutation: Decodable, Sendable {
      let seed: UInt32
      let count: Int
      let head: [Int]
      let checksum: Int
    }
    struct Division: Decodable, Sendable {
      let method: String
      let seed: UInt32
      let count: Int
      let share: Double
      let index: Int
      let train: Int
      let test: Int
      let testCount: Int
    }
    let permutations: [Permutation]
    let divisions: [Division]

    static func load() throws -> Reference {
      let url = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Golden/numpy_permutation.json")
      return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
    }
  }

  /// The script's order-sensitive checksum: a polynomial modulo 2⁶¹ − 1.
  private func checksum(_ numbers: [Int]) -> Int {
    let modulus: UInt64 = (1 << 61) - 1
    let value = numbers.reduce(UInt64(0)) { value, number in
      let (high, low) = value.multipliedFullWidth(by: 1_000_003)
      let product = modulus.dividingFullWidth((high, low)).remainder
      return (product + UInt64(number) + 1) % modulus
    }
    return Int(value)
  }

  @Test("Permutes as numpy.random.RandomState does", arguments: try Reference.load().permutations)
  func permutations(_ reference: Reference.Permutation) {
    var random = NumPyRandomState(seed: reference.seed)
    let order = random.permutation(count: reference.count)
    #expect(Array(order.prefix(8)) == reference.head)
    #expect(checksum(order) == reference.checksum)
  }

  @Test("Divides as scikit-learn and pandas do", arguments: try Reference.load().divisions)
  func divisions(_ reference: Reference.Division) throws {
    let methods: [String: SplitMethod] = [
      "trainTestSplit": .trainTestSplit(testSize: reference.share),
      "groupShuffleSplit": .groupShuffleSplit(testSize: reference.share, index: reference.index),
      "pandasSample": .pandasSample(fraction: reference.share),
    ]
    let method = try #require(methods[reference.method])
    let division = try #require(method.divide(count: reference.count, seed: reference.seed))
    #expect(division.test.count == reference.testCount)
    #expect(checksum(division.train) == reference.train)
    #expect(checksum(division.test) == reference.test)
  }

  @Test("Makes no division with an empty part", arguments: [0, 1, -0.5, 1.5, .nan, 0.999])
  func emptyParts(_ share: Double) {
    #expect(SplitMethod.trainTestSplit(testSize: share).divide(count: 10, seed: 1) == nil)
  }
}
