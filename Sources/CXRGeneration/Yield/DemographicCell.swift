// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// A sex, a race group and an age bin, as far as they are stated.
public struct DemographicCell: Codable, Hashable, Sendable, Comparable {
  /// The half-open bins of ages: under 18, and those of the published study.
  public static let ageBins = AgeBins(lowerBounds: [0, 18, 40, 60, 80]) ?? .standard

  /// The sex.
  public let sex: Sex?
  /// The race group.
  public let race: Race?
  /// The name of the age bin, such as `40-60`.
  public let age: String?

  /// Creates a cell.
  ///
  /// - Parameters:
  ///   - sex: The sex.
  ///   - race: The race group.
  ///   - ageYears: The age in years.
  public init(sex: Sex?, race: Race?, ageYears: Double?) {
    self.sex = sex
    self.race = race
    age = ageYears.flatMap(Self.ageBins.name)
  }

  /// Whether sex, race and age are stated.
  public var isStated: Bool { sex != nil && race != nil && age != nil }

  /// Sexes outermost, then races, then ages; what is not stated comes last.
  public static func < (left: DemographicCell, right: DemographicCell) -> Bool {
    left.order.lexicographicallyPrecedes(right.order)
  }

  private var order: [Int] {
    [
      Self.place(of: sex, in: Sex.allCases), Self.place(of: race, in: Race.allCases),
      Self.place(of: age, in: Self.ageBins.names),
    ]
  }

  private static func place<Value: Equatable>(of value: Value?, in values: [Value]) -> Int {
    value.flatMap(values.firstIndex) ?? values.count
  }
}
