// SPDX-License-Identifier: Apache-2.0

/// Makes the tables of a study's report.
struct StudyTables {
  let results: StudyResults
  let material: StudyMaterial
  let published: PublishedResults?
  let origins: StudyOrigins

  /// Prepares the tables.
  ///
  /// - Parameters:
  ///   - results: The numbers.
  ///   - material: What there is besides predictions.
  /// - Throws: `DecodingError` when built-in published numbers are malformed.
  init(_ results: StudyResults, material: StudyMaterial) throws {
    self.results = results
    self.material = material
    published = try results.index.publication.map { try PublishedResults(of: $0) }
    origins = StudyOrigins(results)
  }

  /// All tables in reading order, but that of origins.
  var all: [StudyTable] {
    overall + significance + [aggregates].compactMap(\.self) + diseases + sizes + seeds + groups
      + gaps + decisions + population + generator
  }

  /// The tables of some parts.
  func tables(of parts: [StudyPart], among all: [StudyTable]) -> [DisplayTable] {
    all.filter { parts.contains($0.part) }.map(\.display)
  }

  /// A difference from a published number; without a sign when there is none.
  static func difference(_ value: Double?, _ published: Double?) -> Cell {
    guard let value, let published else { return Cell("") }
    return .difference(value - published, nil, nil, reason: nil)
  }

  /// A published number as it was printed: three decimals.
  static func publishedCell(_ value: Double?) -> Cell {
    value.map { .number($0, reason: nil) } ?? Cell("–")
  }
}
