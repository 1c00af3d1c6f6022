// SPDX-License-Identifier: Apache-2.0

/// How fairly each model treats groups of patients: what `cxr audit --json` prints.
public struct AuditDocument: Codable, Hashable, Sendable {
  /// One label within one group.
  public struct GroupLabel: Codable, Hashable, Sendable {
    /// The label's name.
    public let label: String
    /// The number of positive radiographs of the group.
    @NullEncoded public var positives: Int?
    /// The number of negative radiographs of the group.
    @NullEncoded public var negatives: Int?
    /// The AUROC within the group.
    public var auroc: Estimate
    /// The true-positive rate at the model's threshold.
    public var tpr: Estimate
    /// The false-positive rate at the model's threshold.
    public var fpr: Estimate
    /// The average precision within the group; it rises with prevalence.
    public var auprc: Estimate?
    /// The share of the group that is called positive.
    public var selectionRate: Estimate?

    /// Creates a cell.
    ///
    /// - Parameters:
    ///   - label: The label's name.
    ///   - positives: The number of positive radiographs of the group.
    ///   - negatives: The number of negative radiographs of the group.
    ///   - auroc: The AUROC within the group.
    ///   - tpr: The true-positive rate at the model's threshold.
    ///   - fpr: The false-positive rate at the model's threshold.
    ///   - auprc: The average precision within the group.
    ///   - selectionRate: The share of the group that is called positive.
    public init(
      label: String, positives: Int?, negatives: Int?, auroc: Estimate, tpr: Estimate,
      fpr: Estimate, auprc: Estimate? = nil, selectionRate: Estimate? = nil
    ) {
      self.label = label
      self.positives = positives
      self.negatives = negatives
      self.auroc = auroc
      self.tpr = tpr
      self.fpr = fpr
      self.auprc = auprc
      self.selectionRate = selectionRate
    }
  }

  /// One group of patients.
  public struct Group: Codable, Hashable, Sendable {
    /// The group's name, such as `F|18-40`.
    public let group: String
    /// The number of radiographs.
    @NullEncoded public var n: Int?
    /// The number of patients.
    @NullEncoded public var patients: Int?
    /// Radiographs for which No Finding is true.
    @NullEncoded public var positives: Int?
    /// Radiographs with a finding: the denominator of the underdiagnosis rate.
    @NullEncoded public var negatives: Int?
    /// The false-positive rate of No Finding: the share of radiographs with a finding that are
    /// called free of findings.
    public var underdiagnosisRate: Estimate
    /// The false-negative rate of No Finding.
    public var overdiagnosisRate: Estimate
    /// The mean AUROC over the labels that count in every group.
    public var auroc: Estimate
    /// The mean average precision over the same labels.
    public var auprc: Estimate
    /// Each label within the group.
    public var labels: [GroupLabel]
    /// Why the group enters no gap, or why its counts are hidden.
    public var reason: String?

    /// Creates a group.
    public init(
      group: String, n: Int?, patients: Int?, positives: Int?, negatives: Int?,
      underdiagnosisRate: Estimate, overdiagnosisRate: Estimate, auroc: Estimate,
      auprc: Estimate, labels: [GroupLabel], reason: String?
    ) {
      self.group = group
      self.n = n
      self.patients = patients
      self.positives = positives
      self.negatives = negatives
      self.underdiagnosisRate = underdiagnosisRate
      self.overdiagnosisRate = overdiagnosisRate
      self.auroc = auroc
      self.auprc = auprc
      self.labels = labels
      self.reason = reason
    }
  }

  /// The largest minus the smallest value over the groups, beside what chance alone gives.
  public struct Gap: Codable, Hashable, Sendable {
    /// What the gap is of: `auroc` (the mean over labels), `underdiagnosisRate`,
    /// `overdiagnosisRate`, or one label's `auroc:`, `tpr:`, `fpr:`, `equalizedOdds:` or
    /// `demographicParity:` with the label's name.
    public let metric: String
    /// The gap on the full sample.
    @NullEncoded public var value: Double?
    /// The lower end of the bootstrap interval; it cannot reach 0, so read it beside the null.
    @NullEncoded public var lower: Double?
    /// The upper end of the bootstrap interval.
    @NullEncoded public var upper: Double?
    /// The group that fares best.
    @NullEncoded public var best: String?
    /// The group that fares worst.
    @NullEncoded public var worst: String?
    /// The smallest value divided by the largest.
    @NullEncoded public var ratio: Double?
    /// The lower end of the ratio's bootstrap interval.
    public var ratioLower: Double?
    /// The upper end of the ratio's bootstrap interval.
    public var ratioUpper: Double?
    /// The largest distance of a group from all grouped radiographs together.
    public var differenceToOverall: Estimate?
    /// The smallest ratio of a group to all grouped radiographs, or of these to the group.
    public var ratioToOverall: Estimate?
    /// The mean gap when group labels are shuffled among patients.
    @NullEncoded public var nullMean: Double?
    /// The 2.5 % quantile of the gap under shuffling.
    @NullEncoded public var nullLower: Double?
    /// The 97.5 % quantile of the gap under shuffling.
    @NullEncoded public var nullUpper: Double?
    /// The share of shuffled gaps at least as large, (1 + k) / (m + 1).
    @NullEncoded public var p: Double?
    /// The number of groups that went in.
    public let groupCount: Int
    /// Why a number is undefined.
    public var reason: String?

    /// Creates a gap.
    public init(
      metric: String, value: Double?, lower: Double?, upper: Double?, best: String?,
      worst: String?, ratio: Double?, nullMean: Double?, nullLower: Double?, nullUpper: Double?,
      p: Double?, groupCount: Int, reason: String?
    ) {
      self.metric = metric
      self.value = value
      self.lower = lower
      self.upper = upper
      self.best = best
      self.worst = worst
      self.ratio = ratio
      self.nullMean = nullMean
      self.nullLower = nullLower
      self.nullUpper = nullUpper
      self.p = p
      self.groupCount = groupCount
      self.reason = reason
    }
  }

  /// One attribute, such as `sex*age`, for one model.
  public struct Attribute: Codable, Hashable, Sendable {
    /// The model's name.
    public let model: String
    /// The attribute, as asked for.
    public let attribute: String
    /// The labels behind the groups' mean AUROC, the same for every group.
    public let labels: [String]
    /// The number of radiographs that belong to no group.
    @NullEncoded public var ungrouped: Int?
    /// All grouped radiographs together.
    public var overall: Group?
    /// The groups in a fixed order.
    public var groups: [Group]
    /// The gaps between groups.
    public var gaps: [Gap]

    /// The groups, and all of them together where that is known.
    public var groupsAndOverall: [Group] { groups + [overall].compactMap(\.self) }

    /// Creates an attribute.
    ///
    /// - Parameters:
    ///   - model: The model's name.
    ///   - attribute: The attribute, as asked for.
    ///   - labels: The labels behind the groups' mean AUROC, the same for every group.
    ///   - ungrouped: The number of radiographs that belong to no group.
    ///   - overall: All grouped radiographs together.
    ///   - groups: The groups in a fixed order.
    ///   - gaps: The gaps between groups.
    public init(
      model: String, attribute: String, labels: [String], ungrouped: Int?,
      overall: Group? = nil, groups: [Group], gaps: [Gap]
    ) {
      self.model = model
      self.attribute = attribute
      self.labels = labels
      self.ungrouped = ungrouped
      self.overall = overall
      self.groups = groups
      self.gaps = gaps
    }
  }

  /// How much one model's gap exceeds another's.
  public struct GapDifference: Codable, Hashable, Sendable {
    /// The attribute, as asked for.
    public let attribute: String
    /// What the gaps are of.
    public let metric: String
    /// The first model's name.
    public let modelA: String
    /// The second model's name.
    public let modelB: String
    /// The first model's gap.
    @NullEncoded public var a: Double?
    /// The second model's gap.
    @NullEncoded public var b: Double?
    /// `a` − `b`.
    @NullEncoded public var difference: Double?
    /// The lower end of the difference's 95 % interval.
    @NullEncoded public var lower: Double?
    /// The upper end of the difference's 95 % interval.
    @NullEncoded public var upper: Double?
    /// Why a number is undefined.
    public var reason: String?

    /// Creates a difference of gaps.
    public init(
      attribute: String, metric: String, modelA: String, modelB: String, a: Double?, b: Double?,
      difference: Double?, lower: Double?, upper: Double?, reason: String?
    ) {
      self.attribute = attribute
      self.metric = metric
      self.modelA = modelA
      self.modelB = modelB
      self.a = a
      self.b = b
      self.difference = difference
      self.lower = lower
      self.upper = upper
      self.reason = reason
    }
  }

  /// What was asked, the answer, and the warnings.
  public var summary: Summary
  /// The attributes, each once per model.
  public var attributes: [Attribute]
  /// The paired differences of gaps, when two or more models are audited.
  public var gapDifferences: [GapDifference]
  /// Where the numbers come from.
  public let provenance: Provenance

  /// Creates a document.
  ///
  /// - Parameters:
  ///   - summary: What was asked, the answer, and the warnings.
  ///   - attributes: The attributes, each once per model.
  ///   - gapDifferences: The paired differences of gaps.
  ///   - provenance: Where the numbers come from.
  public init(
    summary: Summary, attributes: [Attribute], gapDifferences: [GapDifference],
    provenance: Provenance
  ) {
    self.summary = summary
    self.attributes = attributes
    self.gapDifferences = gapDifferences
    self.provenance = provenance
  }
}
