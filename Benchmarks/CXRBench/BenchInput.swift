// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRStatistics

/// The columns of `predictions.csv`: 50,000 radiographs, eight labels, two models.
struct BenchInput: Sendable {
  /// One label: the truth and both models' scores, shape `[n]`.
  struct Label: Sendable {
    let name: String
    let truth: [Bool]
    let scores: [[Double]]

    /// The sorted scores of each model.
    func ranked() throws -> [RankedScores] {
      try scores.map { try RankedScores(scores: $0, labels: truth) }
    }
  }

  let patients: [Int]
  let groups: [Int]
  let labels: [Label]

  init(folder: String) throws {
    let reader = try CSVReader(path: "\(folder)/predictions.csv")
    var record = TableRecord()
    guard try reader.read(into: &record) else { throw BenchError("predictions.csv is empty") }
    let header = record.strings
    var columns = [[Double]](repeating: [], count: header.count)
    while try reader.read(into: &record) {
      for index in columns.indices {
        guard let number = record.finiteNumber(at: index) else {
          throw BenchError("predictions.csv:\(record.line): not a number")
        }
        columns[index].append(number)
      }
    }
    func column(_ name: String) throws -> [Double] {
      guard let index = header.firstIndex(of: name) else {
        throw BenchError("predictions.csv has no column \(name)")
      }
      return columns[index]
    }
    patients = try column("patient").map { Int($0) }
    groups = try column("group").map { Int($0) }
    labels = try header.filter { $0.hasPrefix("y_") }.map { $0.dropFirst(2) }.map { name in
      Label(
        name: String(name), truth: try column("y_\(name)").map { $0 == 1 },
        scores: [try column("a_\(name)"), try column("b_\(name)")])
    }
    guard !labels.isEmpty else { throw BenchError("predictions.csv has no labels") }
  }
}

/// An input that cannot be timed.
struct BenchError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
