// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// What an output of a classifier tells of a picture: a finding, or whom it shows.
///
///     LearnedLabel(name: "Edema")    // .finding(.edema)
///     LearnedLabel.sexes.map(\.name) // ["share F", "share M"]
///
/// Each is learned as a question of its own, answered yes or no; of sexes and of races, shares are
/// made when it predicts.
public enum LearnedLabel: Hashable, Sendable {
  /// Whether a finding is present.
  case finding(Finding)
  /// Whether the patient is of a sex.
  case sex(Sex)
  /// Whether the patient is of a race.
  case race(Race)

  /// Both sexes.
  public static let sexes = Sex.allCases.map(LearnedLabel.sex)
  /// The four races of the catalog.
  public static let races = Race.allCases.map(LearnedLabel.race)

  /// Reads a name as ``name`` writes it.
  public init?(name: String) {
    if let finding = Finding(rawValue: name) {
      self = .finding(finding)
    } else if let label = (Self.sexes + Self.races).first(where: { $0.name == name }) {
      self = label
    } else {
      return nil
    }
  }

  /// The output of a model that tells it.
  public var output: ModelOutput {
    switch self {
    case .finding(let finding): .label(finding.name)
    case .sex(let sex): .sex(sex)
    case .race(let race): .race(race)
    }
  }

  /// The finding's name, or `share F` and the like.
  public var name: String { output.columnName }
}

extension LearnedLabel: Codable {
  /// Reads a name.
  ///
  /// - Throws: `DecodingError` for a name that means nothing.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let label = LearnedLabel(name: name) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\(name) is no label that a classifier learns")
    }
    self = label
  }

  /// Writes the name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}

extension [LearnedLabel] {
  /// Some findings.
  public static func findings(_ findings: Finding...) -> [LearnedLabel] {
    findings.map(LearnedLabel.finding)
  }

  /// Which outputs tell of the same thing, and so give shares of 1: none of those of findings.
  var exclusiveGroups: [[Int]] {
    let sexes = indices.filter { if case .sex = self[$0] { true } else { false } }
    let races = indices.filter { if case .race = self[$0] { true } else { false } }
    return [sexes, races].filter { !$0.isEmpty }
  }
}
