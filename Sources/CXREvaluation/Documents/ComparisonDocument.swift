// SPDX-License-Identifier: Apache-2.0

/// Whether two models differ: what `cxr compare --json` prints.
public struct ComparisonDocument: Codable, Hashable, Sendable {
  /// One metric of one label, or of the mean over labels, for one pair of models.
  public struct Comparison: Codable, Hashable, Sendable {
    /// The label's name, or `macro`.
    public let label: String
    /// `auroc` or `auprc`.
    public let metric: String
    /// The first model's name.
    public let modelA: String
    /// The second model's name.
    public let modelB: String
    /// The first model's value.
    @NullEncoded public var a: Double?
    /// The second model's value.
    @NullEncoded public var b: Double?
    /// `a` − `b`.
    @NullEncoded public var difference: Double?
    /// The lower end of the difference's 95 % interval.
    @NullEncoded public var lower: Double?
    /// The upper end of the difference's 95 % interval.
    @NullEncoded public var upper: Double?
    /// The test behind the p-value.
    public let test: String
    /// The test's statistic.
    @NullEncoded public var statistic: Double?
    /// The two-sided p-value.
    @NullEncoded public var p: Double?
    /// The p-value adjusted over the labels of this metric and pair.
    @NullEncoded public var pAdjusted: Double?
    /// The p-value adjusted by the largest studentised difference of each shared permutation;
    /// stronger than ``pAdjusted`` when labels go together, and absent for tests without
    /// permutations.
    public var pMaxT: Double?
    /// Why a number is undefined, or what it must be read with.
    public var reason: String?

    /// Creates a comparison.
    public init(
      label: String, metric: String, modelA: String, modelB: String, a: Double?, b: Double?,
      difference: Double?, lower: Double?, upper: Double?, test: String, statistic: Double?,
      p: Double?, pAdjusted: Double?, pMaxT: Double? = nil, reason: String?
    ) {
      self.label = label
      self.metric = metric
      self.modelA = modelA
      self.modelB = modelB
      self.a = a
      self.b = b
      self.difference = difference
      self.lower = lower
      self.upper = upper
      self.test = test
      self.statistic = statistic
      self.p = p
      self.pAdjusted = pAdjusted
      self.pMaxT = pMaxT
      self.reason = reason
    }
  }

  /// What was asked, the answer, and the warnings.
  public let summary: Summary
  /// The comparisons, by pair of models, then metric, then label.
  public let comparisons: [Comparison]
  /// Where the numbers come from.
  public let provenance: Provenance

  /// Creates a document.
  ///
  /// - Parameters:
  ///   - summary: What was asked, the answer, and the warnings.
  ///   - comparisons: The comparisons, by pair of models, then metric, then label.
  ///   - provenance: Where the numbers come from.
  public init(summary: Summary, comparisons: [Comparison], provenance: Provenance) {
    self.summary = summary
    self.comparisons = comparisons
    self.provenance = provenance
  }
}
