// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// Which populations a table shows, and how they are counted.
public struct PopulationRequest: Sendable {
  /// The datasets.
  ///
  /// With cohorts they are the only ones of the cohorts' datasets that are shown, none meaning all.
  public var datasets: [String]
  /// The cohorts; without any, all radiographs of the datasets count.
  public var cohorts: [String]
  /// The split by whose parts datasets are divided.
  public var split: String?
  /// The parts that are shown; empty for all.
  public var parts: [String] = []
  /// The only view that counts.
  public var view: View?
  /// The findings that are counted.
  public var findings = Finding.evaluationEight
  /// What uncertain and unmentioned labels count as.
  public var labelPolicy = LabelPolicy.uZeros
  /// The age bins; younger patients are a category of their own.
  public var ageBins = AgeBins.standard
  /// The population from which standardised differences are taken, by its name or, where that is
  /// unique, by the name of its part.
  public var reference: String?
  /// Counts below it, but not 0, are hidden with what gives them away; `nil` hides nothing.
  public var suppressionLimit: Int?

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - datasets: The datasets.
  ///   - cohorts: The cohorts.
  public init(datasets: [String] = [], cohorts: [String] = []) {
    self.datasets = datasets
    self.cohorts = cohorts
  }
}
