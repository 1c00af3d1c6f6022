// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// What is drawn, how often, and from which seed: the definition of one set of resamples.
///
///     let plan = ResamplingPlan(patients: table.patients, resamples: 1000, seed: 7)
///
/// Draw *i* of resample *b* is a pure function of (seed, *b*, *i*), so every statistic that uses
/// the plan sees the same resamples, on any number of threads.
public struct ResamplingPlan: Sendable {
  /// What one draw picks.
  public enum Unit: String, CaseIterable, Codable, Sendable {
    /// One radiograph.
    case image
    /// One patient with all of the patient's radiographs.
    case patient
  }

  /// What one draw picks.
  public let unit: Unit
  /// The number of rows of the table that is resampled.
  public let rowCount: Int
  /// The number of things that can be drawn.
  public let unitCount: Int
  /// The number of resamples.
  public let resampleCount: Int
  /// The seed of the draws.
  public let seed: UInt64
  /// Whether draws are made within strata.
  public var isStratified: Bool { !strata.isEmpty }

  /// The unit of each row; empty when every row is its own unit.
  let unitOfRow: [UInt32]
  /// The rows of each stratum, drawn one stratum after the other; empty without strata.
  let strata: [[UInt32]]

  /// Plans to draw radiographs.
  ///
  /// - Parameters:
  ///   - rowCount: The number of radiographs.
  ///   - resamples: The number of resamples.
  ///   - seed: The seed of the draws.
  public init(rowCount: Int, resamples: Int = 1000, seed: UInt64) {
    self.init(
      unit: .image, rowCount: rowCount, unitCount: rowCount, resamples: resamples, seed: seed,
      unitOfRow: [], strata: [])
  }

  /// Plans to draw patients, each with all of the patient's radiographs.
  ///
  /// - Parameters:
  ///   - patients: The patient of each row, numbered from 0 by first appearance, shape `[n]`.
  ///   - resamples: The number of resamples.
  ///   - seed: The seed of the draws.
  /// - Precondition: Patient numbers are not negative.
  public init(patients: [Int], resamples: Int = 1000, seed: UInt64) {
    self.init(
      unit: .patient, rowCount: patients.count, unitCount: (patients.max() ?? -1) + 1,
      resamples: resamples, seed: seed, unitOfRow: patients.map { UInt32($0) }, strata: [])
  }

  /// Plans to draw radiographs within strata, so that every resample keeps the strata's sizes.
  ///
  /// The strata are drawn one after the other from the same stream. With a label's positives and
  /// negatives as strata, no resample of that label is undefined.
  ///
  /// - Parameters:
  ///   - strata: The rows of each stratum; rows of no stratum are never drawn.
  ///   - rowCount: The number of radiographs.
  ///   - resamples: The number of resamples.
  ///   - seed: The seed of the draws.
  /// - Precondition: Rows lie in 0 ..< `rowCount`.
  public init(strata: [[Int]], rowCount: Int, resamples: Int = 1000, seed: UInt64) {
    precondition(
      strata.joined().allSatisfy { (0..<rowCount).contains($0) }, "strata hold rows of the table")
    self.init(
      unit: .image, rowCount: rowCount, unitCount: rowCount, resamples: resamples, seed: seed,
      unitOfRow: [], strata: strata.map { $0.map { UInt32($0) } })
  }

  private init(
    unit: Unit, rowCount: Int, unitCount: Int, resamples: Int, seed: UInt64, unitOfRow: [UInt32],
    strata: [[UInt32]]
  ) {
    precondition(resamples >= 0, "a number of resamples")
    self.unit = unit
    self.rowCount = rowCount
    self.unitCount = unitCount
    self.resampleCount = resamples
    self.seed = seed
    self.unitOfRow = unitOfRow
    self.strata = strata
  }
}

extension ResamplingPlan {
  /// The number of batches of eight resamples.
  var batchCount: Int { (resampleCount + LaneWeights.laneCount - 1) / LaneWeights.laneCount }

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
    guard !unitOfRow.isEmpty else { return LaneWeights(words: words) }
    return LaneWeights(words: unitOfRow.map { words[Int($0)] })
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
