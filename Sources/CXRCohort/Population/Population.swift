// SPDX-License-Identifier: Apache-2.0

/// What some radiographs are, in counts: one column of a table of populations.
///
/// Counts are of radiographs; a patient with several radiographs counts several times. A count that
/// is hidden or does not exist is `nil`, and its reason says why.
public struct Population: Codable, Hashable, Sendable {
  /// A category and how many radiographs belong to it.
  public struct Category: Codable, Hashable, Sendable {
    /// The name, such as `Female` or `Edema`.
    public let name: String
    /// The number of radiographs.
    public var count: Int?
    /// The number as a share of all radiographs of the population, from 0 to 1.
    public var share: Double?
    /// The standardised difference from the reference, where the category is a variable of its own.
    public var difference: Double?
    /// Why a number is missing.
    public var reason: String?
  }

  /// A variable with its categories.
  public struct Section: Codable, Hashable, Sendable {
    /// What the categories tell apart: `sex`, `race`, `age`, `finding`, `sex*race` or `sex*age`.
    public let attribute: String
    /// The categories in reporting order.
    public var categories: [Category]
    /// The standardised difference from the reference over the known categories.
    public var difference: Double?
    /// Why the difference is missing.
    public var reason: String?
  }

  /// The ages of the radiographs whose age is known.
  public struct AgeSummary: Codable, Hashable, Sendable {
    /// The number of radiographs; `nil` where it would give a hidden count away.
    public let knownCount: Int?
    /// The mean in years, to one decimal where the number of radiographs is hidden.
    public let meanYears: Double
    /// The standard deviation in years, divisor *n* − 1, rounded like the mean; `nil` for a single
    /// radiograph.
    public let standardDeviationYears: Double?
  }

  /// The name of the column, such as `nih test`.
  public let name: String
  /// The number of radiographs.
  public var radiographCount: Int?
  /// The number of studies; 0 where the dataset has none.
  public var studyCount: Int?
  /// The number of patients.
  public var patientCount: Int?
  /// The ages, or `nil` when no age is known.
  public var age: AgeSummary?
  /// The standardised difference of the mean age from the reference.
  public var ageDifference: Double?
  /// The variables in reporting order.
  public var sections: [Section]
  /// Why counts of the whole population are missing.
  public var reason: String?
}
