// SPDX-License-Identifier: Apache-2.0

/// The weights of every row in eight resamples at once: byte *k* of a row's word is the row's
/// weight in resample *k* of the batch.
///
/// Eight resamples thus share every branch, every row number and every memory access of a walk
/// over sorted scores; that is what makes a thousand of them cheap.
struct LaneWeights: Sendable {
  /// The number of resamples in a word.
  static let laneCount = 8

  /// One word of byte lanes per row.
  let words: [UInt64]
  /// How many words can be added before a lane could carry into its neighbour.
  let chunkLength: Int

  /// Wraps words of byte lanes.
  ///
  /// - Parameter words: One word of eight byte lanes per row.
  /// - Complexity: O(*n*).
  init(words: [UInt64]) {
    self.words = words
    let union = words.reduce(0, |)
    let bound = Self.lanes(of: union).max()
    self.chunkLength = bound < 1 ? 255 : 255 / Int(bound)
  }

  /// Weight 1 for every row in every lane: the sample itself.
  ///
  /// - Parameter rowCount: The number of rows.
  /// - Returns: The weights of the unchanged sample.
  static func unit(rowCount: Int) -> LaneWeights {
    LaneWeights(words: Array(repeating: 0x0101_0101_0101_0101, count: rowCount))
  }

  /// Unpacks the byte lanes of a word.
  @inline(__always)
  static func lanes(of word: UInt64) -> SIMD8<Double> {
    // A byte-wise view of a word has no invalid bit patterns.
    let bytes = unsafe unsafeBitCast(word.littleEndian, to: SIMD8<UInt8>.self)
    return SIMD8<Double>(SIMD8<Int32>(truncatingIfNeeded: bytes))
  }
}

extension Span<UInt64> {
  /// Adds the lanes of the words that some rows point at.
  ///
  /// - Parameters:
  ///   - rows: Row numbers, each below the number of words.
  ///   - start: The first position in `rows`.
  ///   - end: The position after the last.
  ///   - chunkLength: How many words can be added before a lane could carry.
  /// - Returns: The eight sums, exact.
  @inline(__always)
  func laneSum(
    over rows: Span<UInt32>, from start: Int, to end: Int, chunkLength: Int
  ) -> SIMD8<Double> {
    var total = SIMD8<Double>.zero
    var position = start
    while position < end {
      let chunkEnd = Swift.min(end, position &+ chunkLength)
      var word: UInt64 = 0
      while position < chunkEnd {
        // Unchecked: callers check the largest row once; positions lie within their own rows.
        word &+= unsafe self[unchecked: Int(rows[unchecked: position])]
        position &+= 1
      }
      total += LaneWeights.lanes(of: word)
    }
    return total
  }
}
