// SPDX-License-Identifier: Apache-2.0

extension StudyIndex {
  /// How intervals and tests are made; every field has the default of `cxr report`.
  public struct Statistics: Codable, Hashable, Sendable {
    /// The number of bootstrap resamples; 1,000 if absent, 0 for no intervals.
    public var resamples: Int?
    /// The number of permutations of every test; as many as resamples if absent.
    public var permutations: Int?
    /// The seed of every draw; 1 if absent.
    public var seed: UInt64?
    /// What a resample draws: `patient` (if absent) or `image`.
    public var unit: String?
    /// What uncertain and unmentioned labels count as, such as `u-zeros`; `u-ignore` if absent.
    public var policy: String?
    /// How intervals follow from resamples: `percentile` (if absent), `basic` or `bca`.
    public var interval: String?
    /// What means over labels do with undefined labels; `common-labels` if absent.
    public var undefined: String?
    /// How p-values are adjusted; `holm` if absent.
    public var adjustment: String?
    /// Ascending lower bounds of half-open age bins in years; 18, 40, 60, 80 if absent.
    public var ageBins: [Double]?
    /// The smallest number of radiographs with which a group is compared; 10 if absent.
    public var minimumGroup: Int?
    /// The smallest number of positives and of negatives with which a cell counts; 10 if absent.
    public var minimumCell: Int?
    /// Counts of groups below it are hidden; 10 if absent, 0 hides nothing.
    public var suppressBelow: Int?
    /// The score from which a radiograph is positive, for all models and labels; if absent, the
    /// thresholds that the catalog holds.
    public var threshold: Double?

    /// Creates choices that are all the default.
    public init() {}
  }
}
