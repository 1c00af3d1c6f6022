// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How far predicted probabilities are from observed frequencies, bin by bin.
///
/// Bins have equal width and hold their upper end: (0, 1/15], (1/15, 2/15], …, of which the first
/// also holds 0.
///
/// - SeeAlso: Naeini, Cooper & Hauskrecht, *AAAI* 2015,
///   <https://doi.org/10.1609/aaai.v29i1.9602>; Kumar, Liang & Ma, *NeurIPS* 2019,
///   <https://arxiv.org/abs/1909.10155>.
public struct ExpectedCalibrationError: Hashable, Sendable {
  /// The radiographs whose predictions fall into one range.
  public struct Bin: Hashable, Sendable {
    /// The lower end, which belongs to the bin below except at 0.
    public let lower: Double
    /// The upper end, which belongs to the bin.
    public let upper: Double
    /// The number of radiographs.
    public let count: Int
    /// The mean predicted probability, or `nil` in an empty bin.
    public let meanPrediction: Double?
    /// The share of positives, or `nil` in an empty bin.
    public let observedFrequency: Double?

    /// The distance between prediction and observation, 0 in an empty bin.
    var gap: Double {
      guard let meanPrediction, let observedFrequency else { return 0 }
      return abs(meanPrediction - observedFrequency)
    }

    /// The variance that the observed frequency's sampling adds to the gap.
    var samplingVariance: Double {
      guard let observedFrequency else { return 0 }
      return observedFrequency * (1 - observedFrequency) / Double(count)
    }
  }

  /// The bins by ascending probability, empty ones included.
  public let bins: [Bin]
  /// The mean gap, weighted by the number of radiographs.
  public let value: Double
  /// The largest gap of a bin that is not empty.
  public let maximum: Double
  /// The mean gap less what sampling alone is expected to add to it; it can fall below 0.
  ///
  /// Were the frequency of a bin drawn from a normal distribution around the observed one, its
  /// expected gap (a folded normal mean) would exceed the observed gap by about as much as the
  /// observed gap exceeds the true one. Kumar et al. simulate this; here it is the closed form.
  public let debiased: Double
  /// The mean squared gap less its sampling variance: the debiased estimator of Kumar et al.
  ///
  /// It can fall below 0. Bins of one radiograph show no variance and are left out.
  public let debiasedSquare: Double

  /// Bins the predictions.
  ///
  /// - Parameters:
  ///   - probabilities: One probability per radiograph, shape `[n]`.
  ///   - labels: `true` for positive, shape `[n]`.
  ///   - binCount: The number of bins.
  /// - Throws: ``StatisticsError`` with code `.empty`, `.nonFinite` or `.invalidArgument`.
  /// - Precondition: The arrays have the same count, and there is a bin.
  /// - Complexity: O(*n* + *bins*).
  public init(
    probabilities: [Double], labels: [Bool], binCount: Int = 15
  ) throws(StatisticsError) {
    precondition(binCount > 0, "at least one bin")
    try ProbabilityTable.check(probabilities, labels: labels)
    let bins = Self.bins(probabilities, labels, count: binCount)
    func mean(_ quantity: (Bin) -> Double) -> Double {
      bins.reduce(0) { $0 + Double($1.count) * quantity($1) } / Double(labels.count)
    }
    self.bins = bins
    value = mean(\.gap)
    maximum = bins.map(\.gap).max() ?? 0
    debiased = mean { 2 * $0.gap - Self.foldedMean($0.gap, variance: $0.samplingVariance) }
    debiasedSquare = mean { bin in
      guard bin.count > 1 else { return 0 }
      let unbiased = bin.samplingVariance * Double(bin.count) / Double(bin.count - 1)
      return bin.gap * bin.gap - unbiased
    }
  }

  private static func bins(_ probabilities: [Double], _ labels: [Bool], count: Int) -> [Bin] {
    var sizes = [Int](repeating: 0, count: count)
    var positives = sizes
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: count)
    for (probability, isPositive) in zip(probabilities, labels) {
      let bin = max(0, Int((probability * Double(count)).rounded(.up)) - 1)
      sizes[bin] += 1
      if isPositive { positives[bin] += 1 }
      sums[bin].add(probability)
    }
    return (0..<count).map { bin in
      let size = Double(sizes[bin])
      return Bin(
        lower: Double(bin) / Double(count), upper: Double(bin + 1) / Double(count),
        count: sizes[bin], meanPrediction: size > 0 ? sums[bin].value / size : nil,
        observedFrequency: size > 0 ? Double(positives[bin]) / size : nil)
    }
  }

  /// The expected distance from 0 of a normal number.
  private static func foldedMean(_ mean: Double, variance: Double) -> Double {
    guard variance > 0 else { return abs(mean) }
    let deviation = variance.squareRoot()
    return deviation * (2 / Double.pi).squareRoot() * exp(-mean * mean / (2 * variance))
      + mean * (1 - 2 * SpecialFunctions.normalCDF(-mean / deviation))
  }
}
