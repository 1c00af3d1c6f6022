// SPDX-License-Identifier: Apache-2.0

/// What a part of a radiology report is about.
public enum ReportSectionName: String, CaseIterable, Codable, Hashable, Sendable {
  /// What the radiologist concludes.
  case impression
  /// What the radiologist sees.
  case findings
  /// The last paragraph of a report whose text stands below no header of its own.
  case lastParagraph
  /// Earlier studies, and in some reports the whole reading.
  case comparison
  /// Why the study was made.
  case indication
  /// The patient's history.
  case history
  /// How the study was made.
  case technique
  /// Which study was made.
  case examination
  /// What the radiologist recommends.
  case recommendation
  /// Who was told, and when.
  case notification
  /// A preliminary reading.
  case wetRead
  /// What was added after signing.
  case addendum
  /// What stands before the first header.
  case preamble
  /// A header that none of the other cases names.
  case other
}
