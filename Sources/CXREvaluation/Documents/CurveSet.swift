// SPDX-License-Identifier: Apache-2.0

/// The curves of one model on one label, for figures.
public struct CurveSet: Codable, Hashable, Sendable {
  /// A point of a curve with its pointwise 95 % band.
  public struct Point: Codable, Hashable, Sendable {
    /// The horizontal coordinate, in [0, 1].
    public let x: Double
    /// The value on the full sample, in [0, 1].
    public let y: Double
    /// The lower end of the band.
    public let lower: Double?
    /// The upper end of the band.
    public let upper: Double?

    /// Creates a point.
    ///
    /// - Parameters:
    ///   - x: The horizontal coordinate.
    ///   - y: The value on the full sample.
    ///   - lower: The lower end of the band.
    ///   - upper: The upper end of the band.
    public init(x: Double, y: Double, lower: Double? = nil, upper: Double? = nil) {
      self.x = x
      self.y = y
      self.lower = lower
      self.upper = upper
    }
  }

  /// One bin of a calibration diagram.
  public struct CalibrationBin: Codable, Hashable, Sendable {
    /// The mean score of the bin.
    public let meanScore: Double
    /// The observed share of positives.
    public let observed: Double
    /// The number of radiographs.
    public let n: Int

    /// Creates a bin.
    ///
    /// - Parameters:
    ///   - meanScore: The mean score of the bin.
    ///   - observed: The observed share of positives.
    ///   - n: The number of radiographs.
    public init(meanScore: Double, observed: Double, n: Int) {
      self.meanScore = meanScore
      self.observed = observed
      self.n = n
    }
  }

  /// The model's name.
  public let model: String
  /// The label's name.
  public let label: String
  /// True-positive rate over false-positive rate.
  public let roc: [Point]
  /// Precision over recall.
  public let precisionRecall: [Point]
  /// The calibration diagram, empty bins left out.
  public let calibration: [CalibrationBin]
  /// The prevalence of the label: the precision of a random ranking.
  public let prevalence: Double

  /// Creates a set of curves.
  ///
  /// - Parameters:
  ///   - model: The model's name.
  ///   - label: The label's name.
  ///   - roc: True-positive rate over false-positive rate.
  ///   - precisionRecall: Precision over recall.
  ///   - calibration: The calibration diagram, empty bins left out.
  ///   - prevalence: The prevalence of the label.
  public init(
    model: String, label: String, roc: [Point], precisionRecall: [Point],
    calibration: [CalibrationBin], prevalence: Double
  ) {
    self.model = model
    self.label = label
    self.roc = roc
    self.precisionRecall = precisionRecall
    self.calibration = calibration
    self.prevalence = prevalence
  }
}
