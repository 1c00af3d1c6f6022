// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRStatistics
import CXRTestSupport
import Testing

@Suite("Nearest vectors")
struct NearestVectorsTests {
  @Test("Agrees with a search pair by pair", arguments: [1 as UInt64, 2])
  func agreesWithPairs(seed: UInt64) throws {
    let dimensions = 7
    // More rows than a block holds.
    let (first, second) = (rows(600, dimensions, seed), rows(50, dimensions, seed + 100))
    let nearest = NearestVectors(
      to: try UnitVectors(first, dimensions: dimensions),
      in: try UnitVectors(second, dimensions: dimensions))
    #expect(nearest.matches.count == 600)
    for row in [0, 255, 256, 511, 599] {
      let cosines = (0..<50).map { other in
        cosine(first, row, second, other, dimensions)
      }
      let match = try #require(nearest.matches[row])
      #expect(match.cosine.isClose(to: try #require(cosines.max()), absolute: 1e-6))
      #expect(cosines[match.index].isClose(to: match.cosine, absolute: 1e-6))
    }
  }

  @Test("Searches other groups only")
  func skipsOwnGroup() throws {
    let vectors = try UnitVectors([1, 0, 1, 0.1, 0, 1], dimensions: 2)
    let matches = NearestVectors(within: vectors, across: [0, 0, 1]).matches
    #expect(matches.map { $0?.index } == [2, 2, 1])
    #expect(NearestVectors(within: vectors, across: [0, 0, 0]).matches == [nil, nil, nil])
  }

  @Test("Refuses vectors without a direction")
  func refusesDirectionless() {
    for (rows, code) in [
      ([Float](), StatisticsError.Code.empty), ([0, 0], .zeroVariance), ([.nan, 1], .nonFinite),
      ([1, 2, 3], .invalidArgument),
    ] {
      let error = #expect(throws: StatisticsError.self) { try UnitVectors(rows, dimensions: 2) }
      #expect(error?.code == code)
    }
  }

  private func rows(_ count: Int, _ dimensions: Int, _ seed: UInt64) -> [Float] {
    let stream = RandomStream(seed: seed, purpose: "test.vectors", index: 0)
    return (0..<count * dimensions).map { place in
      Float(stream.word(at: place) >> 40) / Float(1 << 24) - 0.5
    }
  }

  private func cosine(
    _ first: [Float], _ row: Int, _ second: [Float], _ other: Int, _ dimensions: Int
  ) -> Double {
    let a = first[row * dimensions..<(row + 1) * dimensions].map(Double.init)
    let b = second[other * dimensions..<(other + 1) * dimensions].map(Double.init)
    let product = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    let lengths = [a, b].map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    return product / (lengths[0] * lengths[1])
  }
}
