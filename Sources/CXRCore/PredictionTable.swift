// SPDX-License-Identifier: Apache-2.0

/// The columns that every evaluation works on: one row per radiograph.
///
/// The table is plain arrays, so the statistics above it know nothing of files or catalogs.
/// Row *i* means the same radiograph in every column.
public struct PredictionTable: Sendable {
  /// One label: its name and what the dataset says of it.
  public struct Label: Sendable {
    /// The label's name as reports write it.
    public let name: String
    /// The state of the label, shape `[rowCount]`.
    public let states: [LabelState]

    /// Creates a label column.
    ///
    /// - Parameters:
    ///   - name: The label's name as reports write it.
    ///   - states: The state of the label, shape `[rowCount]`.
    public init(name: String, states: [LabelState]) {
      self.name = name
      self.states = states
    }
  }

  /// One model's scores and thresholds.
  public struct Model: Sendable {
    /// The name under which the predictions were imported.
    public let name: String
    /// Scores by label name, each of shape `[rowCount]`.
    ///
    /// A score is `nil` where the run has none for the radiograph. A label that the run does not
    /// score has no entry.
    public let scores: [String: [Double?]]
    /// Decision thresholds by label name; positive means score ≥ threshold.
    public let thresholds: [String: Double]

    /// Creates a model.
    ///
    /// - Parameters:
    ///   - name: The name under which the predictions were imported.
    ///   - scores: Scores by label name, each of shape `[rowCount]`.
    ///   - thresholds: Decision thresholds by label name.
    public init(name: String, scores: [String: [Double?]], thresholds: [String: Double]) {
      self.name = name
      self.scores = scores
      self.thresholds = thresholds
    }
  }

  /// The patient of each row, numbered from 0 by first appearance.
  public let patients: [Int]
  /// The recorded sex of each row's patient.
  public let sexes: [Sex?]
  /// The recorded race group of each row's patient.
  public let races: [Race?]
  /// The age at the study in years.
  public let agesYears: [Double?]
  /// The view of each radiograph.
  public let views: [View]
  /// The labels, in reporting order.
  public let labels: [Label]
  /// What the dataset says of No Finding on each radiograph, whether or not it is a label here.
  public let noFindingStates: [LabelState]
  /// The models, in the order asked for.
  public let models: [Model]

  /// The number of radiographs.
  public var rowCount: Int { patients.count }

  /// The number of patients.
  public var patientCount: Int { (patients.max() ?? -1) + 1 }

  /// Creates a table.
  ///
  /// - Parameters:
  ///   - patients: The patient of each row, numbered from 0 by first appearance.
  ///   - sexes: The recorded sex of each row's patient.
  ///   - races: The recorded race group of each row's patient.
  ///   - agesYears: The age at the study in years.
  ///   - views: The view of each radiograph.
  ///   - labels: The labels, in reporting order.
  ///   - noFindingStates: What the dataset says of No Finding on each radiograph; unannotated
  ///     throughout when it is not given.
  ///   - models: The models, in the order asked for.
  /// - Precondition: Every column has the same count.
  public init(
    patients: [Int], sexes: [Sex?], races: [Race?], agesYears: [Double?], views: [View],
    labels: [Label], noFindingStates: [LabelState]? = nil, models: [Model]
  ) {
    let count = patients.count
    let noFindingStates = noFindingStates ?? Array(repeating: .unannotated, count: count)
    precondition(
      sexes.count == count && races.count == count && agesYears.count == count
        && views.count == count && noFindingStates.count == count
        && labels.allSatisfy { $0.states.count == count }
        && models.allSatisfy { $0.scores.values.allSatisfy { $0.count == count } },
      "every column of a prediction table has one entry per radiograph")
    self.patients = patients
    self.sexes = sexes
    self.races = races
    self.agesYears = agesYears
    self.views = views
    self.labels = labels
    self.noFindingStates = noFindingStates
    self.models = models
  }
}
