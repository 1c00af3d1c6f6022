// SPDX-License-Identifier: Apache-2.0

/// The report of a study as an ingester hands it to the catalog.
public struct ReportRecord: Hashable, Sendable {
  /// The patient, as an index into ``DatasetContent/patients``.
  public let patientIndex: Int
  /// The study's identifier.
  public let studyKey: String
  /// The sections, each with its name and its text on one line.
  public let sections: [Section]

  /// A section of a report.
  public struct Section: Codable, Hashable, Sendable {
    /// The name, such as `impression` or `findings`.
    public let name: String
    /// The text.
    public let text: String

    /// Creates a section.
    ///
    /// - Parameters:
    ///   - name: The name, such as `impression` or `findings`.
    ///   - text: The text.
    public init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  /// Creates a report.
  ///
  /// - Parameters:
  ///   - patientIndex: The patient, as an index into ``DatasetContent/patients``.
  ///   - studyKey: The study's identifier.
  ///   - sections: The sections; their names differ.
  public init(patientIndex: Int, studyKey: String, sections: [Section]) {
    self.patientIndex = patientIndex
    self.studyKey = studyKey
    self.sections = sections
  }
}
