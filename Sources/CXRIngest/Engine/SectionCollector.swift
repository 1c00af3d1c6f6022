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

  private var reportByStudy: [String: Report] = [:]
  /// The studies whose images hold different texts.
  private(set) var differingStudies: Set<String> = []

  mutating func add(
    _ texts: [(name: String, text: String)], of radiograph: RadiographRecord
  ) {
    guard !texts.isEmpty else { return }
    let study = radiograph.studyKey ?? radiograph.imageName
    let sections = texts.map {
      ReportRecord.Section(name: $0.name, text: $0.text.joinedLines())
    }
    let report = Report(
      patientIndex: radiograph.patientIndex, imageName: radiograph.imageName, sections: sections)
    guard let former = reportByStudy[study] else {
      reportByStudy[study] = report
      return
    }
    if former.sections != sections { differingStudies.insert(study) }
    if radiograph.imageName < former.imageName { reportByStudy[study] = report }
  }

  /// The reports by study.
  var reports: [ReportRecord] {
    reportByStudy.sorted { $0.key < $1.key }.map { study, report in
      ReportRecord(
        patientIndex: report.patientIndex, studyKey: study, sections: report.sections)
    }
  }
}
