// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import Foundation

/// Counts of the exported rows that a condition keeps.
struct ExportTally {
  /// One exported row, its fields by the names of the header.
  struct Row {
    let fields: [String]

    subscript(name: String) -> String {
      Catalog.exportHeader.firstIndex(of: name).map { fields[$0] } ?? ""
    }
  }

  private(set) var count = 0
  private(set) var lungLesions = 0
  private(set) var patients: Set<String> = []
  private(set) var sexes: [String: Int] = [:]
  private(set) var labels: [String: Int] = [:]
  /// By names such as `F|18-39`.
  private(set) var sexesAndAges: [String: Int] = [:]
  private(set) var labelsBySexAndAge: [String: [String: Int]] = [:]
  private(set) var patientsBySexAndAge: [String: Set<String>] = [:]

  init(_ catalog: Catalog, where isKept: (Row) -> Bool) throws {
    try catalog.forEachExportedRow(dataset: "nih") { fields in
      let row = Row(fields: fields)
      guard isKept(row) else { return }
      let cell = row["sex"] + "|" + Self.ageGroup(Double(row["ageYears"]) ?? .nan)
      count += 1
      patients.insert(row["patient"])
      sexes[row["sex"], default: 0] += 1
      sexesAndAges[cell, default: 0] += 1
      patientsBySexAndAge[cell, default: []].insert(row["patient"])
      if row["Lung Lesion"] == "positive" { lungLesions += 1 }
      for label in row["nativeLabels"].split(separator: "|") {
        labels[String(label), default: 0] += 1
        labelsBySexAndAge[cell, default: [:]][String(label), default: 0] += 1
      }
    }
  }

  private static func ageGroup(_ age: Double) -> String {
    switch age {
    case ..<18: "<18"
    case ..<40: "18-39"
    case ..<60: "40-59"
    case ..<80: "60-79"
    default: "80+"
    }
  }
}
