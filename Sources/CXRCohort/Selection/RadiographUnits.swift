// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog

/// How many radiographs, studies and patients some rows are.
struct RadiographUnits: Hashable {
  let radiographCount: Int
  let studyCount: Int
  let patientCount: Int

  /// Counts the distinct studies and patients of some rows.
  ///
  /// - Complexity: O(rows + the largest id of a study or a patient).
  init(of rows: some Sequence<Int>, in table: RadiographTable) {
    var patients = IDSet()
    var studies = IDSet()
    var count = 0
    for row in rows {
      count += 1
      patients.insert(table.patientIDs[row])
      if let study = table.studyIDs[row] { studies.insert(study) }
    }
    self.init(radiographs: count, studies: studies.count, patients: patients.count)
  }

  private init(radiographs: Int, studies: Int, patients: Int) {
    radiographCount = radiographs
    studyCount = studies
    patientCount = patients
  }

  static func - (whole: RadiographUnits, part: RadiographUnits) -> RadiographUnits {
    RadiographUnits(
      radiographs: whole.radiographCount - part.radiographCount,
      studies: whole.studyCount - part.studyCount, patients: whole.patientCount - part.patientCount)
  }
}
