// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRImage
import CXRTestSupport
import Foundation
import Testing

@Suite("DICOM folder")
struct DICOMFolderReaderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Reads the folder as dictionaries from column to field.
  private func rows() throws -> [[String: String]] {
    let reader = try DICOMFolderReader(path: folder.url.path)
    var record = TableRecord()
    #expect(try reader.read(into: &record))
    let names = record.strings
    var rows: [[String: String]] = []
    while try reader.read(into: &record) {
      #expect(record.line == rows.count + 1)
      rows.append(Dictionary(uniqueKeysWithValues: zip(names, record.strings)))
    }
    #expect(try reader.read(into: &record) == false)
    return rows
  }

  @Test("Gives one record a file, in order, beyond the size of a batch")
  func order() throws {
    let directory = folder.url.appending(path: "train")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    for number in 0..<1100 {
      var header = DICOMHeaderWriter()
      header[.patientAge] = "\(number)"
      header[.rows] = "2048"
      let name = "train/i\(1000 + number).\(number % 2 == 0 ? "dicom" : "dcm")"
      try folder.write(Data(header.bytes()), to: name)
    }
    try folder.write("a,b\n", to: "train/notes.csv")
    let rows = try rows()
    #expect(rows.map { $0["PatientAge"] } == (0..<1100).map { "\($0)" })
    #expect(rows.first?["file"] == "train/i1000.dicom")
    #expect(rows.last?["stem"] == "i2099")
    #expect(
      rows.allSatisfy { $0["Rows"] == "2048" && $0["PatientSex"] == "" && $0["problem"] == "" })
  }

  @Test("Notes a file that cannot be read and goes on")
  func unreadable() throws {
    var header = DICOMHeaderWriter()
    header[.patientSex] = "F"
    let bytes = Data(try header.bytes())
    try folder.write(bytes, to: "a.dicom")
    try folder.write(bytes.dropLast(1), to: "b.dicom")
    try folder.write("text", to: "c.dicom")
    try folder.write(bytes, to: "d.dicom")
    let rows = try rows()
    #expect(rows.map { $0["stem"] } == ["a", "b", "c", "d"])
    #expect(rows.map { $0["PatientSex"] } == ["F", "", "", "F"])
    #expect(rows.map { $0["problem"] } == ["", "truncated header", "malformed header", ""])
  }

  @Test("An empty folder has a header only, and a missing one is an error")
  func empty() throws {
    #expect(try rows().isEmpty)
    let error = #expect(throws: FileError.self) { try DICOMFolderReader(path: folder.path("none")) }
    #expect(error?.code == .missing)
  }
}
