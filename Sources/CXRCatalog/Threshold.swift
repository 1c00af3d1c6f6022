// SPDX-License-Identifier: Apache-2.0

/// The score from which on a model calls a label positive.
public struct Threshold: Codable, Hashable, Sendable {
  /// The label as the catalog names it: a finding's name, or a native label's.
  public let label: String
  /// The score; positive means score ≥ value.
  public let value: Double
  /// How the value was chosen, such as `imported` or `max-f1`.
  public let rule: String
  /// Where the value comes from: a file, or the selection.
  public let source: String
  /// The split on which the value was chosen.
  public let split: String?
  /// The part of the split on which the value was chosen.
  public let part: String?

  /// Creates a threshold.
  ///
  /// - Parameters:
  ///   - label: The label as the catalog names it.
  ///   - value: The score; positive means score ≥ value.
  ///   - rule: How the value was chosen.
  ///   - source: Where the value comes from.
  ///   - split: The split on which the value was chosen.
  ///   - part: The part of the split on which the value was chosen.
  public init(
    label: String, value: Double, rule: String, source: String, split: String? = nil,
    part: String? = nil
  ) {
    self.label = label
    self.value = value
    self.rule = rule
    self.source = source
    self.split = split
    self.part = part
  }
}
