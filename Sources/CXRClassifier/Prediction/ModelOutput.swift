// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// What one number means that a model gives for a picture.
public enum ModelOutput: Hashable, Sendable {
  /// A score in [0, 1] for a label, higher for positive: a finding's name as the catalog writes it, or
  /// a name of the model's own.
  case label(String)
  /// The share of a sex; together with the other's 1.
  case sex(Sex)
  /// The share of a race; together with those of the others that the model knows 1.
  case race(Race)
  /// The age in years, not rounded.
  case ageYears

  /// Reads the name of a label in any spelling that is known for a finding.
  public init(labelNamed name: String) { self = .label(Finding(name: name)?.name ?? name) }

  /// Reads what a model calls an output: as ``columnName`` writes it, or a label in any spelling that is
  /// known for a finding.
  public init(named name: String) {
    let others: [ModelOutput] =
      [.ageYears] + Sex.allCases.map { .sex($0) } + Race.allCases.map { .race($0) }
    self = others.first { $0.columnName == name } ?? ModelOutput(labelNamed: name)
  }

  /// The name of a column in a file.
  public var columnName: String {
    switch self {
    case .label(let name): name
    case .sex(let sex): "share \(sex.rawValue)"
    case .race(let race): "share \(race.rawValue)"
    case .ageYears: "ageYears"
    }
  }

  /// The label; `nil` for age, sex and race.
  public var label: String? {
    guard case .label(let name) = self else { return nil }
    return name
  }
}
