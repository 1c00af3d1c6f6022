// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// Something that an image must show because its prompt says so.
///
///     QualityPredicate("age=16")  // .age(toleranceYears: 16)
public enum QualityPredicate: Hashable, Sendable {
  /// The sex of the prompt.
  case sex
  /// The race group of the prompt.
  case race
  /// The age of the prompt, within whole years more or less; the estimate is rounded first.
  case age(toleranceYears: Int)
  /// A finding as the source of the prompt is labelled with it: its score reaches the threshold if
  /// the label is positive, and does not if it is negative.
  case finding(Finding, threshold: Double)

  /// The checks of RoentGen-v2's published code: sex, race, and age within 16 years.
  public static let published: [QualityPredicate] = [.sex, .race, .age(toleranceYears: 16)]

  /// The name under which verdicts are logged.
  public var name: String {
    switch self {
    case .sex: "sex"
    case .race: "race"
    case .age: "age"
    case .finding(let finding, _): "finding \(finding.name)"
    }
  }
}

extension QualityPredicate: CustomStringConvertible, Codable {
  /// The forms that a predicate is typed in.
  public static let form =
    "sex, race, age=YEARS (such as age=16) or a finding with its threshold (such as Edema=0.5)"

  /// Reads a predicate as it is typed.
  ///
  /// - Parameter text: `sex`, `race`, `age=16` or `Edema=0.5`.
  public init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    switch (parts.first, parts.count) {
    case ("sex", 1): self = .sex
    case ("race", 1): self = .race
    case ("age", 2):
      guard let years = Int(parts[1]), (0...120).contains(years) else { return nil }
      self = .age(toleranceYears: years)
    case (let name?, 2):
      guard let finding = Finding(name: name), let threshold = Double(parts[1]), threshold.isFinite
      else { return nil }
      self = .finding(finding, threshold: threshold)
    default: return nil
    }
  }

  /// The predicate as it is typed.
  public var description: String {
    switch self {
    case .sex: "sex"
    case .race: "race"
    case .age(let years): "age=\(years)"
    case .finding(let finding, let threshold): "\(finding.name)=\(threshold)"
    }
  }

  /// Reads a predicate from the text that ``description`` gives.
  ///
  /// - Throws: `DecodingError` for another text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let predicate = Self(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\(text) is not \(Self.form)")
    }
    self = predicate
  }

  /// Writes the predicate as text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
