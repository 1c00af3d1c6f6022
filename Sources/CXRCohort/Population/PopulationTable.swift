// SPDX-License-Identifier: Apache-2.0

/// Populations side by side: the table that says who was studied, and the counts at the
/// intersections of sex with race and with age.
///
///     var request = PopulationRequest(datasets: ["nih"])
///     request.view = .pa
///     try PopulationTable(request, catalog: catalog).populations[0].radiographCount  // 67310
public struct PopulationTable: Codable, Hashable, Sendable {
  /// The title.
  public let title: String
  /// The populations from left to right.
  public var populations: [Population]
  /// The population from which standardised differences are taken.
  public let reference: String?
  /// What uncertain and unmentioned labels counted as.
  public let labelPolicy: String
  /// What a reader must know.
  public var notes: [String]

  /// Creates a table.
  ///
  /// - Parameters:
  ///   - title: The title.
  ///   - populations: The populations from left to right.
  ///   - reference: The population from which standardised differences are taken.
  ///   - labelPolicy: What uncertain and unmentioned labels counted as.
  ///   - notes: What a reader must know.
  public init(
    title: String, populations: [Population], reference: String?, labelPolicy: String,
    notes: [String]
  ) {
    self.title = title
    self.populations = populations
    self.reference = reference
    self.labelPolicy = labelPolicy
    self.notes = notes
  }
}
