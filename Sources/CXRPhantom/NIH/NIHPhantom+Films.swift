// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

extension NIHPhantom {
  /// Adds the pictures, square as the published ones; one in a hundred has four channels.
  func plan(_ films: inout FilmPlan?) {
    guard films != nil else { return }
    for row in radiographs { films?.append(film(of: row)) }
  }

  /// What a plan of films takes of a radiograph.
  func film(of row: NIHRadiograph) -> FilmPlan.Entry {
    let chance = RandomStream(seed: seed, purpose: "phantom.nih.colour", index: row.index)
    let isExemplar = row.patient.number == 4 && row.fileNumber == 0
    return FilmPlan.Entry(
      path: "images/\(row.name)", patient: row.patient.number, study: row.fileNumber,
      film: row.fileNumber, person: (Double(row.ageYears), row.patient.sex, nil),
      view: row.view, findings: Self.visibleFindings(row.labels2020),
      nativeSize: (1_024, 1_024),
      format: isExemplar || chance.unit(at: 0) < 0.01 ? .colourPNG : .png)
  }

  /// The findings that a picture shows: those of the default rules, and two labels besides that
  /// these leave out but that look like a finding.
  private static func visibleFindings(_ labels: [NIHLabel]) -> StudyFindings {
    var findings = findings(labels)
    if labels.contains(.infiltration) { findings[.lungOpacity] = .positive }
    if labels.contains(.pleuralThickening) { findings[.pleuralOther] = .positive }
    return findings
  }
}
