// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore
internal import CXRText

/// The reports of studies whose sections stand beside their images.
///
/// Where the images of a study hold different texts, those of the image that comes first by name
/// count.
struct SectionCollector {
  private struct Report {
    let patientIndex: Int
    var imageName: String
    var sections: [ReportRecord.Section]
  }

  private struct Key: Hashable {
    let patientIndex: Int
    let study: String
  }

  private var reportByStudy: [Key: Report] = [:]
  private var differing: Set<Key> = []

  /// The number of studies whose images hold different texts.
  var differingStudyCount: Int { differing.count }

  mutating func add(
    _ texts: [(name: String, text: String)], of radiograph: RadiographRecord
  ) {
    guard !texts.isEmpty else { return }
    let study = Key(
      patientIndex: radiograph.patientIndex,
      study: radiograph.studyKey ?? radiograph.imageName)
    let sections = texts.map {
      ReportRecord.Section(name: $0.name, text: $0.text.joinedLines())
    }
    let report = Report(
      patientIndex: radiograph.patientIndex, imageName: radiograph.imageName, sections: sections)
    guard let former = reportByStudy[study] else {
      reportByStudy[study] = report
      return
    }
    if former.sections != sections { differing.insert(study) }
    if radiograph.imageName < former.imageName { reportByStudy[study] = report }
  }

  /// The reports by study.
  var reports: [ReportRecord] {
    reportByStudy.sorted {
      ($0.key.patientIndex, $0.key.study) < ($1.key.patientIndex, $1.key.study)
    }.map { key, report in
      ReportRecord(
        patientIndex: key.patientIndex, studyKey: key.study, sections: report.sections)
    }
  }
}
