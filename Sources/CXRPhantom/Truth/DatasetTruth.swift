// SPDX-License-Identifier: Apache-2.0

/// What a simulated dataset holds, counted while it was written.
///
/// Radiographs that the default rules drop count only in ``recordCount`` and ``droppedByReason``.
public struct DatasetTruth: Codable, Hashable, Sendable {
  /// The records of the main metadata table, or tables.
  public internal(set) var recordCount = 0
  /// The records that the default rules drop, by reason.
  public internal(set) var droppedByReason: [String: Int] = [:]
  /// The radiographs that are kept.
  public internal(set) var radiographCount = 0
  /// Their patients.
  public internal(set) var patientCount = 0
  /// Their studies; 0 when the dataset names none.
  public internal(set) var studyCount = 0
  /// The radiographs by the word of their view.
  public internal(set) var radiographsByView: [String: Int] = [:]
  /// The radiographs by sex, `F`, `M` or `unknown`.
  public internal(set) var radiographsBySex: [String: Int] = [:]
  /// The radiographs by race group or `unknown`.
  public internal(set) var radiographsByRace: [String: Int] = [:]
  /// The radiographs whose age is unknown.
  public internal(set) var unknownAgeCount = 0
  /// The radiographs with a finding, by the finding's name.
  public internal(set) var positivesByFinding: [String: Int] = [:]
  /// The radiographs that perhaps have a finding, by the finding's name.
  public internal(set) var uncertainByFinding: [String: Int] = [:]
  /// The radiographs by official part; empty when there is no official split.
  public internal(set) var radiographsByPart: [String: Int] = [:]
  /// The reports.
  public internal(set) var reportCount = 0
  /// The reports with an impression of their own.
  public internal(set) var impressionCount = 0
  /// The quirks of the dataset, with how often each was written.
  public internal(set) var quirks: [PhantomQuirk] = []
  /// The pictures; `nil` when none were written.
  public internal(set) var images: ImageTruth?

  /// How often a quirk was written.
  ///
  /// - Parameter name: The name of the quirk, such as `viewPositionBlank`.
  /// - Returns: The count, or `nil` when the dataset has no such quirk.
  public func count(ofQuirk name: String) -> Int? { quirks.first { $0.name == name }?.count }
}
