// SPDX-License-Identifier: Apache-2.0

/// Finds images that occur more than once.
///
/// Three degrees are told apart: the same file, the same pixels as stored, and nearly the same
/// picture – perceptual hashes that differ in few bits, confirmed by the correlation of the details.
/// All pairs whose hashes differ in at most *d* bits are found: of *d* + 1 blocks of bits at least
/// one is then equal.
///
///     let pairs = DuplicateSearch(maximumDistance: 4).nearPairs(of: hashes)
public struct DuplicateSearch: Sendable {
  /// The most bits in which the hashes of two like pictures differ, 0 to 15.
  public let maximumDistance: Int

  /// Describes a search.
  ///
  /// - Parameter maximumDistance: The most bits in which hashes may differ.
  /// - Precondition: The distance is 0 to 15.
  public init(maximumDistance: Int) {
    precondition((0...15).contains(maximumDistance))
    self.maximumDistance = maximumDistance
  }

  /// Returns the pairs of hashes that are close to one another.
  ///
  /// - Parameter hashes: 64 bits per image.
  /// - Returns: Pairs of indices, the smaller first, sorted.
  /// - Complexity: O(*d* · (*n* log *n* + *k*)) for *k* pairs that share a block of bits.
  public func nearPairs(of hashes: [UInt64]) -> [(Int, Int)] {
    var pairs: [(Int, Int)] = []
    for block in 0...maximumDistance {
      let mask = self.mask(ofBlock: block)
      let order = hashes.indices.sorted { (hashes[$0] & mask, $0) < (hashes[$1] & mask, $1) }
      var start = 0
      while start < order.count {
        let key = hashes[order[start]] & mask
        var end = start + 1
        while end < order.count, hashes[order[end]] & mask == key { end += 1 }
        for first in start..<end {
          for second in (first + 1)..<max(end, first + 1) {
            let difference = hashes[order[first]] ^ hashes[order[second]]
            // A pair counts in the first block that it shares.
            guard difference.nonzeroBitCount <= maximumDistance,
              !(0..<block).contains(where: { difference & self.mask(ofBlock: $0) == 0 })
            else { continue }
            pairs.append((order[first], order[second]))
          }
        }
        start = end
      }
    }
    return pairs.sorted { $0 < $1 }
  }

  private func mask(ofBlock block: Int) -> UInt64 {
    let blockCount = maximumDistance + 1
    let (low, high) = (block * 64 / blockCount, (block + 1) * 64 / blockCount)
    let width = high - low
    return (width == 64 ? .max : (1 << UInt64(width)) - 1) << UInt64(low)
  }
}
