// SPDX-License-Identifier: Apache-2.0
import CXRImage
import CXRTestSupport
import Foundation
import Testing

@Suite("DICOM header writer")
struct DICOMHeaderWriterTests {
  @Test("Writes the same bytes for the same elements, preamble and all")
  func deterministic() throws {
    var header = DICOMHeaderWriter()
    header[.patientSex] = "F"
    header[.rows] = "3072"
    let bytes = try header.bytes()
    #expect(bytes[128..<132].elementsEqual("DICM".utf8))
    #expect(bytes.count.isMultiple(of: 2))
    #expect(try header.bytes() == bytes)
  }

  @Test("Writes a file whole and refuses a folder that does not exist")
  func writing() throws {
    let folder = try TemporaryFolder()
    try DICOMHeaderWriter().write(to: folder.path("a.dicom"))
    #expect(folder.fileNames == ["a.dicom"])
    let error = #expect(throws: ImageError.self) {
      try DICOMHeaderWriter().write(to: folder.path("none/a.dicom"))
    }
    #expect(error?.code == .unwritable)
    #expect(error?.message.contains("none/a.dicom") == true)
  }

  @Test(
    "Refuses text that is no value of its element, naming the element",
    arguments: [
      (DICOMTag.rows, "tall"), (.rows, "65536"), (.rows, ""), (.columns, "1,2"),
      (.transferSyntaxUID, "1.2.9"),
    ])
  func unfitValues(_ tag: DICOMTag, _ text: String) throws {
    var header = DICOMHeaderWriter()
    header[tag] = text
    let error = #expect(throws: ImageError.self) { try header.bytes() }
    #expect(error?.code == .unfitValue)
    #expect(error?.message.contains(tag.keyword) == true)
  }

  @Test("Refuses a file without an identity")
  func identity() {
    var header = DICOMHeaderWriter()
    header[.sopInstanceUID] = nil
    let error = #expect(throws: ImageError.self) { try header.bytes() }
    #expect(error?.code == .unwritable)
  }
}
