// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// The radiographs that a request selects, column by column, ordered by image name.
struct RadiographSelection {
  private(set) var ids: [Int64] = []
  private(set) var patientIDs: [Int64] = []
  private(set) var sexes: [Sex?] = []
  private(set) var races: [Race?] = []
  private(set) var agesYears: [Double?] = []
  private(set) var views: [View] = []
  private(set) var imageNames: [String] = []

  /// One more than the largest id: ids are dense, so arrays serve as maps from them.
  var idLimit: Int { Int(ids.max() ?? -1) + 1 }

  /// Appends the current row of the query for id, patientID, sex, race, ageYears, view, imageName.
  mutating func append(_ row: BulkStatement) {
    ids.append(row.integer(at: 0))
    patientIDs.append(row.integer(at: 1))
    sexes.append(row.text(at: 2).flatMap(Sex.init))
    races.append(row.text(at: 3).flatMap(Race.init))
    agesYears.append(row.optionalDouble(at: 4))
    views.append(row.text(at: 5).flatMap(View.init) ?? .unknown)
    imageNames.append(row.text(at: 6) ?? "")
  }

  /// Numbers the included radiographs by image name; −1 marks all other ids.
  func rowByID(isIncluded: [Bool]) -> [Int32] {
    var rowByID = [Int32](repeating: -1, count: idLimit)
    var rowCount: Int32 = 0
    for id in ids where isIncluded[Int(id)] {
      rowByID[Int(id)] = rowCount
      rowCount += 1
    }
    return rowByID
  }

  /// The positions of the included radiographs, in order.
  func rows(_ rowByID: [Int32]) -> [Int] { ids.indices.filter { rowByID[Int(ids[$0])] >= 0 } }
}

extension [Int32] {
  /// The row of a radiograph, or `nil` when it is not included.
  func row(of id: Int64) -> Int? {
    id < count && self[Int(id)] >= 0 ? Int(self[Int(id)]) : nil
  }
}
