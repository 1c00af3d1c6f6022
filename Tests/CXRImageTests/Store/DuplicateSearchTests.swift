// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRImage
import Testing

@Suite("Duplicate search")
struct DuplicateSearchTests {
  @Test(
    "Finds exactly the pairs within the distance", arguments: [0, 1, 3, 6, 15], [1, 2] as [UInt64])
  func agreesWithAllPairs(_ distance: Int, seed: UInt64) {
    let stream = RandomStream(seed: seed, purpose: "hashes", index: 0)
    // Clusters around a few centres, so that all distances occur.
    let hashes = (0..<300).map { number -> UInt64 in
      var hash = stream.word(at: 10_000 + number % 20)
      for flip in 0..<number % 7 { hash ^= 1 << (stream.word(at: number * 16 + flip) % 64) }
      return hash
    }
    var expected: [[Int]] = []
    for first in hashes.indices {
      for second in hashes.indices.dropFirst(first + 1)
      where (hashes[first] ^ hashes[second]).nonzeroBitCount <= distance {
        expected.append([first, second])
      }
    }
    let found = DuplicateSearch(maximumDistance: distance).nearPairs(of: hashes)
      .map { [$0.0, $0.1] }
    #expect(found == expected)
    #expect(!expected.isEmpty)
  }
}
