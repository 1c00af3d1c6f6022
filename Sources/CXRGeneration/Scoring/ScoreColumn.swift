// SPDX-License-Identifier: Apache-2.0
internal import CXRStatistics

/// What a measure is computed from: numbers of single images, so that patients can be drawn anew.
public struct ScoreColumn: Hashable, Sendable {
  /// How a measure follows from numbers of images.
  public enum Values: Hashable, Sendable {
    /// The AUROC of scores against labels.
    case ranking(scores: [Double], labels: [Bool])
    /// The mean.
    case mean([Double])
    /// The root of the mean of squares.
    case rootMeanSquare([Double])
    /// A number that is of the whole set only, such as a distance of distributions.
    case whole(Double)
    /// Nothing, and why.
    case undefined(String)
  }

  /// The measure.
  public let measure: ScoreMeasure
  /// The numbers.
  public let values: Values
  /// The row of each number among the images of the set.
  public let rows: [Int]

  /// Creates a column; numbers that cannot make the measure become the reason why not.
  ///
  /// - Parameters:
  ///   - measure: The measure.
  ///   - values: The numbers.
  ///   - rows: The row of each number among the images of the set.
  /// - Precondition: There is a row for each number.
  public init(_ measure: ScoreMeasure, _ values: Values, rows: [Int] = []) {
    self.measure = measure
    self.rows = rows
    switch values {
    case .ranking(let scores, let labels):
      precondition(scores.count == rows.count && labels.count == rows.count, "a row for each")
      self.values = Self.problem(with: labels).map { .undefined($0) } ?? values
    case .mean(let numbers), .rootMeanSquare(let numbers):
      precondition(numbers.count == rows.count, "a row for each")
      self.values = numbers.isEmpty ? .undefined("there is no image to tell it of") : values
    case .whole, .undefined: self.values = values
    }
  }

  /// Whether there are numbers.
  public var isDefined: Bool {
    if case .undefined = values { false } else { true }
  }

  private static func problem(with labels: [Bool]) -> String? {
    guard !labels.isEmpty else { return "no image has a label that is positive or negative" }
    let positives = labels.count { $0 }
    guard positives > 0 else { return "no image is labelled positive" }
    return positives < labels.count ? nil : "no image is labelled negative"
  }
}
