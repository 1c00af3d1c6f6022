// SPDX-License-Identifier: Apache-2.0
public import CXRStatistics

/// What a checkpoint, or a set of real images, comes to.
public struct CheckpointScore: Hashable, Codable, Sendable {
  /// What people call it, such as `10000` steps or `real`.
  public let name: String
  /// The number of images that were looked at.
  public let imageCount: Int
  /// The value of each measure that could be computed, by the measure's name.
  public let values: [String: Double]
  /// Why a measure could not be computed, or has no interval, by the measure's name.
  public let reasons: [String: String]
  /// The interval of each measure that has one, by the measure's name.
  public let intervals: [String: Interval]

  /// Creates a score.
  ///
  /// - Parameters:
  ///   - name: What people call it.
  ///   - imageCount: The number of images that were looked at.
  ///   - values: The value of each measure that could be computed.
  ///   - reasons: Why a measure could not be computed, or has no interval.
  ///   - intervals: The interval of each measure that has one.
  public init(
    _ name: String, imageCount: Int, values: [ScoreMeasure: Double],
    reasons: [ScoreMeasure: String] = [:], intervals: [ScoreMeasure: Interval] = [:]
  ) {
    self.name = name
    self.imageCount = imageCount
    self.values = Dictionary(uniqueKeysWithValues: values.map { ($0.key.name, $0.value) })
    self.reasons = Dictionary(uniqueKeysWithValues: reasons.map { ($0.key.name, $0.value) })
    self.intervals = Dictionary(uniqueKeysWithValues: intervals.map { ($0.key.name, $0.value) })
  }

  /// The value of a measure, or `nil` where it is undefined.
  ///
  /// - Parameter measure: The measure.
  public subscript(measure: ScoreMeasure) -> Double? { values[measure.name] }
}
