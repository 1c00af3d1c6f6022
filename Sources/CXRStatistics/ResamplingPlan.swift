// SPDX-License-Identifier: Apache-2.0

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

  /// The same plan cut off after some resamples; those that remain are unchanged.
  ///
  /// - Parameter count: The largest number of resamples.
  /// - Returns: A plan of at most that many resamples.
  public func prefix(_ count: Int) -> Self {
    Self(
      unit: unit, rowCount: rowCount, unitCount: unitCount,
      resamples: Swift.min(count, resampleCount), seed: seed, unitOfRow: unitOfRow, strata: strata)
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
