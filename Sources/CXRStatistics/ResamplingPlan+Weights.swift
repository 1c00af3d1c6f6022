// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

extension ResamplingPlan {
  /// Draws eight resamples as weights of rows.
  ///
  /// - Parameter batch: The number of the batch; its first resample is eight times that.
  /// - Returns: How often each row was drawn in each of the eight resamples.
  /// - Complexity: O(*n*).
  func weights(batch: Int) -> LaneWeights {
    var words = [UInt64](repeating: 0, count: unitCount)
    for lane in 0..<LaneWeights.laneCount {
      let stream = RandomStream(seed: seed, index: batch * LaneWeights.laneCount + lane)
      draw(lane: lane, from: stream, into: &words)
    }
    checkTotals(of: words)
    return LaneWeights(words: spread(words))
  }

  /// Tosses a coin per unit in eight permutations.
  ///
  /// - Parameter batch: The number of the batch; its first permutation is eight times that.
  /// - Returns: A word of eight coins for each row; a patient's rows share them.
  /// - Complexity: O(*n*).
  func coins(batch: Int) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: unitCount)
    for lane in 0..<LaneWeights.laneCount {
      let stream = RandomStream(seed: seed, index: batch * LaneWeights.laneCount + lane)
      for position in words.indices {
        words[position] |= (stream.word(at: position) >> 63) << UInt64(8 * lane)
      }
    }
    return spread(words)
  }

  /// Gives the coins of eight consecutive assignments out of all 2ᵘ for *u* units.
  ///
  /// - Parameter batch: The number of the batch; its first assignment is eight times that.
  /// - Returns: A word for each row; lane *k* holds the unit's bit of assignment 8·`batch` + *k*.
  func enumeratedCoins(batch: Int) -> [UInt64] {
    spread(
      (0..<unitCount).map { unit in
        (0..<LaneWeights.laneCount).reduce(0) { word, lane in
          let assignment = UInt64(batch * LaneWeights.laneCount + lane)
          return word | (assignment >> UInt64(unit) & 1) << UInt64(8 * lane)
        }
      })
  }

  /// Gives each row the word of its unit.
  private func spread(_ words: [UInt64]) -> [UInt64] {
    unitOfRow.isEmpty ? words : unitOfRow.map { words[Int($0)] }
  }

  private func draw(lane: Int, from stream: RandomStream, into words: inout [UInt64]) {
    let one = UInt64(1) << UInt64(8 * lane)
    if strata.isEmpty {
      let count = unitCount
      var units = words.mutableSpan
      for position in 0..<count {
        // Unchecked: a draw below `count` is a position of the span by construction.
        unsafe units[unchecked: stream.index(at: position, below: count)] &+= one
      }
      return
    }
    var offset = 0
    for stratum in strata {
      for position in stratum.indices {
        let row = stratum[stream.index(at: offset + position, below: stratum.count)]
        words[Int(row)] &+= one
      }
      offset += stratum.count
    }
  }

  /// Traps if something was drawn more than 255 times: the carry would have moved a lane's total.
  private func checkTotals(of words: [UInt64]) {
    let expected = strata.isEmpty ? unitCount : strata.reduce(0) { $0 + $1.count }
    let everySecondByte: UInt64 = 0x00FF_00FF_00FF_00FF
    var totals = SIMD8<UInt32>.zero
    var start = 0
    while start < words.count {
      // 257 bytes fill a 16-bit lane.
      let end = min(start + 257, words.count)
      var sums = SIMD2<UInt64>.zero
      for position in start..<end {
        sums &+= SIMD2(words[position] & everySecondByte, (words[position] >> 8) & everySecondByte)
      }
      let lanes = unsafe unsafeBitCast(sums, to: SIMD8<UInt16>.self)
      totals &+= SIMD8<UInt32>(truncatingIfNeeded: lanes)
      start = end
    }
    precondition(
      totals == SIMD8(repeating: UInt32(expected)), "nothing is drawn more than 255 times")
  }
}
