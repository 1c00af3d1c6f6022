// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// Which radiographs of a catalog a model learns from or is tried on, and what it is told of them.
///
///     var selection = ImageSelection(datasets: ["mimic"], policy: .uOnes)
///     selection.cohort = "roentgen"
///     selection.part = ImageSelection.Part(split: "study", part: "train")
public struct ImageSelection: Hashable, Sendable, Codable {
  /// A part of a split, by name.
  public struct Part: Hashable, Sendable, Codable {
    /// The name of the split.
    public var split: String
    /// The name of the part.
    public var part: String

    /// Names a part.
    ///
    /// - Parameters:
    ///   - split: The name of the split.
    ///   - part: The name of the part.
    public init(split: String, part: String) {
      self.split = split
      self.part = part
    }
  }

  /// The names of the datasets, each once.
  public var datasets: [String]
  /// The cohort whose members are taken; `nil` for all radiographs.
  public var cohort: String?
  /// The part of a split that is taken, in each of the datasets; `nil` for all radiographs.
  public var part: Part?
  /// What becomes of label states.
  public var policy: LabelPolicy
  /// What is learned, in the order of the model's outputs.
  public var labels: [LearnedLabel]

  /// Selects all radiographs of some datasets; change what differs.
  ///
  /// - Parameters:
  ///   - datasets: The names of the datasets, each once.
  ///   - policy: What becomes of label states.
  ///   - labels: What is learned, each once, in the order of the model's outputs.
  public init(
    datasets: [String], policy: LabelPolicy,
    labels: [LearnedLabel] = Finding.allCases.map(LearnedLabel.finding)
  ) {
    self.datasets = datasets
    self.policy = policy
    self.labels = labels
  }
}
