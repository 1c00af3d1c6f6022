// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// What is known of one radiograph for its prompt; a template says what it needs.
public struct PromptValues: Hashable, Sendable {
  /// The age in years.
  public var ageYears: Double?
  /// The sex.
  public var sex: Sex?
  /// The race group.
  public var race: Race?
  /// The impression, in one line.
  public var impression: String?
  /// The findings section of the report, in one line.
  public var findings: String?
  /// The projection.
  public var view: View?
  /// The positive findings, in the order in which they are to be named.
  public var labels: [Finding]?
  /// The name of the dataset.
  public var dataset: String?

  /// Creates values.
  ///
  /// - Parameters:
  ///   - ageYears: The age in years, not negative.
  ///   - sex: The sex.
  ///   - race: The race group.
  ///   - impression: The impression, in one line.
  ///   - findings: The findings section of the report, in one line.
  ///   - view: The projection.
  ///   - labels: The positive findings, in the order in which they are to be named.
  ///   - dataset: The name of the dataset.
  public init(
    ageYears: Double? = nil, sex: Sex? = nil, race: Race? = nil, impression: String? = nil,
    findings: String? = nil, view: View? = nil, labels: [Finding]? = nil, dataset: String? = nil
  ) {
    self.ageYears = ageYears
    self.sex = sex
    self.race = race
    self.impression = impression
    self.findings = findings
    self.view = view
    self.labels = labels
    self.dataset = dataset
  }

  /// Returns the value of a field as a prompt spells it.
  ///
  /// - Parameter field: Which field.
  /// - Returns: The text, or `nil` if nothing is known: no value, an empty one, a view that the
  ///   dataset does not tell, or no positive finding.
  public func text(_ field: PromptField) -> String? {
    let text: String? =
      switch field {
      case .age: ageYears.flatMap { Int(exactly: $0.rounded(.down)) }.map(String.init)
      case .sex: sexWord
      case .sexUpperCase: sexWord?.uppercased()
      case .race: race?.rawValue.lowercased()
      case .raceUpperCase: race?.rawValue.uppercased()
      case .raceCapitalized: race?.rawValue
      case .impression: impression
      case .findings: findings
      case .view: view == .unknown ? nil : view?.rawValue
      case .labels: labels?.map(\.name).joined(separator: ", ")
      case .dataset: dataset
      }
    return text?.isEmpty == true ? nil : text
  }

  private var sexWord: String? {
    switch sex {
    case .female: "female"
    case .male: "male"
    case nil: nil
    }
  }
}
