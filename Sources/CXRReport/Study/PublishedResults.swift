// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// The numbers that a paper published, as far as they are known.
struct PublishedResults: Decodable, Hashable {
  /// Where the numbers come from.
  struct Source: Decodable, Hashable {
    /// The paper.
    let title: String
    /// Where to read it.
    let url: String
    /// What a reader must know of the numbers.
    let note: String
  }

  /// One number.
  private struct Entry: Decodable, Hashable {
    let table: String
    let dataset: String
    let group: String?
    let strategy: String
    let metric: String
    let value: Double
  }

  /// A table of the paper.
  enum Table: String {
    case overall
    case fairnessGap = "fairness_gap"
    case underdiagnosisGap = "underdiagnosis_gap"
    case classifier
    case distance
  }

  /// Where the numbers come from.
  let source: Source
  private let results: [Entry]

  /// Reads the numbers of a study; they are part of the program.
  ///
  /// - Throws: `DecodingError` when the built-in file is malformed, which a test rules out.
  init(of publication: StudyIndex.Publication) throws {
    let bytes =
      switch publication {
      case .roentgenV2: PackageResources.roentgen_v2_json
      case .syntheticXRay: PackageResources.synthetic_xray_json
      }
    self = try JSONDecoder().decode(Self.self, from: Data(bytes))
  }

  /// A distance between real and generated images, or `nil` when the paper has none.
  ///
  /// - Parameter distance: The distance.
  /// - Returns: The number.
  func value(of distance: StudyIndex.Distance) -> Double? {
    results.first {
      $0.table == Table.distance.rawValue && $0.strategy == distance.publishedAs
        && $0.metric == distance.metric
    }?.value
  }

  /// One number, or `nil` when the paper has none that is known.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - arm: The arm.
  ///   - set: The test set.
  ///   - metric: The paper's word for the metric.
  ///   - attribute: The attribute between whose groups a gap is, such as `sex*age`.
  /// - Returns: The number.
  func value(
    _ table: Table, of arm: StudyIndex.Arm, on set: StudyIndex.TestSet, metric: String,
    attribute: String? = nil
  ) -> Double? {
    guard arm.isHeadline, let strategy = arm.publishedAs, let dataset = set.publishedAs else {
      return nil
    }
    let group = attribute?.replacing("*", with: "_")
    return results.first {
      $0.table == table.rawValue && $0.dataset == dataset && $0.strategy == strategy
        && $0.metric == metric && $0.group == group
    }?.value
  }
}
