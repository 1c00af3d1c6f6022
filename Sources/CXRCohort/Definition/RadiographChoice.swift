// SPDX-License-Identifier: Apache-2.0

/// Which one radiograph is taken of those that a patient or a study has.
public struct RadiographChoice: Hashable, Sendable {
  /// Of what one radiograph is taken.
  public enum Unit: String, CaseIterable, Hashable, Sendable {
    /// Of every patient.
    case patient
    /// Of every study; a radiograph without a study is removed.
    case study
  }

  /// The rule by which it is taken; ties go to the first image name.
  public enum Rule: Hashable, Sendable {
    /// The one taken first: by time, else by the dataset's number of the visit.
    case firstAcquired
    /// The one whose image name comes first.
    case firstName
    /// One drawn at random. The draw depends on the seed and on the image names only, so it stays
    /// the same whatever else the catalog holds and whatever else the definition removes.
    case random(seed: UInt64)
  }

  /// Of what one radiograph is taken.
  public var unit: Unit
  /// The rule by which it is taken.
  public var rule: Rule

  /// Creates a choice.
  ///
  /// - Parameters:
  ///   - unit: Of what one radiograph is taken.
  ///   - rule: The rule by which it is taken.
  public init(per unit: Unit, _ rule: Rule) {
    self.unit = unit
    self.rule = rule
  }
}

extension RadiographChoice.Rule {
  /// The word for the rule, such as `first-acquired`.
  public var word: String {
    switch self {
    case .firstAcquired: "first-acquired"
    case .firstName: "first-name"
    case .random: "random"
    }
  }

  /// The words for all rules.
  public static let words = ["first-acquired", "first-name", "random"]

  /// Finds the rule that a word stands for.
  ///
  /// - Parameters:
  ///   - word: One of ``words``.
  ///   - seed: The seed of a random draw.
  public init?(word: String, seed: UInt64) {
    switch word {
    case "first-acquired": self = .firstAcquired
    case "first-name": self = .firstName
    case "random": self = .random(seed: seed)
    default: return nil
    }
  }
}
