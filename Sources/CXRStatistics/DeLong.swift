// SPDX-License-Identifier: Apache-2.0

/// The AUROCs of several models on the same radiographs, with their joint covariance.
///
///     let result = try DeLong(scores: [modelA, modelB], labels: labels, clusters: patients)
///     try result.comparison(of: 0, with: 1).pValue
///
/// Without clusters this is DeLong's estimator; with clusters it is Obuchowski's, which allows any
/// dependence within a cluster, such as between the radiographs of a patient.
///
/// - SeeAlso: DeLong, DeLong & Clarke-Pearson, *Biometrics* 44 (1988),
///   <https://doi.org/10.2307/2531595>; Obuchowski, *Biometrics* 53 (1997),
///   <https://doi.org/10.2307/2533958>.
public struct DeLong: Sendable {
  /// The area of each model, shape `[models]`.
  public let aurocs: [AUROC]
  /// The number of radiographs.
  public let radiographCount: Int
  /// The number of clusters, or `nil` when each radiograph stands for itself.
  public let clusterCount: Int?

  private let estimate: Result<AUROCCovariance, StatisticsError>

  /// The number of independent units: clusters, or radiographs without clusters.
  public var unitCount: Int { clusterCount ?? radiographCount }

  /// Estimates areas and covariance from scores that are sorted already.
  ///
  /// The areas are there even when the covariance is undefined, as with a single positive; asking
  /// for whatever needs the covariance then throws.
  ///
  /// - Parameters:
  ///   - ranked: The sorted scores of each model, whose rows are positions in `labels`.
  ///   - labels: `true` for positive, shape `[n]`.
  ///   - clusters: The cluster of each radiograph, numbered from 0 (numbers may be left out), shape
  ///     `[n]`; `nil` when each radiograph stands for itself.
  /// - Throws: ``StatisticsError`` with code `.empty`, `.noPositives` or `.noNegatives`.
  /// - Precondition: There is a model, and all arrays have the same count.
  /// - Complexity: O(*models*² · *n*).
  public init(
    _ ranked: [RankedScores], labels: [Bool], clusters: [Int]? = nil
  ) throws(StatisticsError) {
    precondition(!ranked.isEmpty, "at least one model")
    precondition(ranked.allSatisfy { $0.count == labels.count }, "one score per label")
    var aurocs: [AUROC] = []
    for scores in ranked { aurocs.append(try AUROC(scores)) }
    let units = SamplingUnits(labels: labels, clusters: clusters)
    self.aurocs = aurocs
    radiographCount = labels.count
    clusterCount = clusters.map { _ in units.count }
    estimate = Result { () throws(StatisticsError) in
      try AUROCCovariance(ranked, aurocs: aurocs, labels: labels, units: units)
    }
  }

  /// Sorts the scores of each model and estimates areas and covariance.
  ///
  /// - Parameters:
  ///   - scores: One finite score per model and radiograph, shape `[models][n]`; higher means
  ///     positive.
  ///   - labels: `true` for positive, shape `[n]`.
  ///   - clusters: The cluster of each radiograph, numbered from 0 (numbers may be left out), shape
  ///     `[n]`; `nil` when each radiograph stands for itself.
  /// - Throws: ``StatisticsError`` with code `.nonFinite`, `.empty`, `.noPositives` or
  ///   `.noNegatives`.
  /// - Precondition: There is a model, and all arrays have the same count.
  /// - Complexity: O(*models* · *n* log *n* + *models*² · *n*).
  public init(
    scores: [[Double]], labels: [Bool], clusters: [Int]? = nil
  ) throws(StatisticsError) {
    var ranked: [RankedScores] = []
    for column in scores { ranked.append(try RankedScores(scores: column, labels: labels)) }
    try self.init(ranked, labels: labels, clusters: clusters)
  }

  /// The covariance of the areas, shape `[models][models]`.
  ///
  /// - Throws: ``StatisticsError`` with code `.zeroVariance` if a class comes from a single unit, so
  ///   that its share of the variance is 0 / 0.
  public var covariance: [[Double]] {
    get throws(StatisticsError) { try estimate.get().covariance }
  }

  /// The variance of the difference between the areas of each pair, shape `[models][models]`.
  ///
  /// It is exactly 0 if, and without clusters only if, the difference does not vary.
  ///
  /// - Throws: ``StatisticsError`` as for ``covariance``.
  public var differenceVariance: [[Double]] {
    get throws(StatisticsError) { try estimate.get().ofDifferences }
  }

  /// Returns the factor by which clustering inflates the variance of a model's area.
  ///
  /// - Parameter model: The model's position.
  /// - Returns: The clustered variance over the unclustered one; 1 without clusters.
  /// - Throws: ``StatisticsError`` with code `.zeroVariance` if the unclustered variance is 0 or
  ///   undefined.
  public func designEffect(of model: Int) throws(StatisticsError) -> Double {
    let estimate = try estimate.get()
    guard estimate.ungrouped[model] > 0 else {
      throw StatisticsError(
        .zeroVariance, "The design effect is undefined: the AUROC does not vary at all.")
    }
    return estimate.covariance[model][model] / estimate.ungrouped[model]
  }
}
