// SPDX-License-Identifier: Apache-2.0
public import CXRStatistics

/// The means and gaps of a study's models on one test set, on the sample and on every resample.
///
/// The draws of two test sets are independent, those of the models of one test set are the same.
public struct TestSetResamples: Sendable {
  /// One metric of every model.
  public struct Series: Sendable {
    /// What it is of.
    public let metric: AggregateChange.Metric
    /// The attribute between whose groups a gap is, such as `sex*age`.
    public let attribute: String?
    /// The distribution of each model, in the order of ``TestSetResamples/models``.
    public let distributions: [ResampledDistribution]

    /// Creates a series.
    ///
    /// - Parameters:
    ///   - metric: What it is of.
    ///   - attribute: The attribute between whose groups a gap is.
    ///   - distributions: The distribution of each model.
    public init(
      metric: AggregateChange.Metric, attribute: String? = nil,
      distributions: [ResampledDistribution]
    ) {
      self.metric = metric
      self.attribute = attribute
      self.distributions = distributions
    }
  }

  /// What the test set is called.
  public let name: String
  /// Whether it comes from elsewhere than the training data.
  public let isExternal: Bool
  /// The models' names.
  public let models: [String]
  /// The metrics.
  public let series: [Series]

  /// Creates resamples.
  ///
  /// - Parameters:
  ///   - name: What the test set is called.
  ///   - isExternal: Whether it comes from elsewhere than the training data.
  ///   - models: The models' names.
  ///   - series: The metrics, each with a distribution for every model.
  public init(name: String, isExternal: Bool, models: [String], series: [Series]) {
    precondition(
      series.allSatisfy { $0.distributions.count == models.count },
      "a distribution for every model")
    self.name = name
    self.isExternal = isExternal
    self.models = models
    self.series = series
  }
}
