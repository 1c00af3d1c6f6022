// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRPhantom
import Foundation
import Testing

@Suite("Writing the NIH phantom")
struct NIHPhantomWritingTests {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

  @Test("Writes every file into a folder that it makes, and over a former dataset")
  func writesEveryFile() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let inner = folder.appending(path: "nih").path
    try NIHPhantom(patientCount: 5, seed: 1).write(to: inner)
    let phantom = NIHPhantom(patientCount: 5, seed: 2)
    try phantom.write(to: inner)
    let names = try FileManager.default.contentsOfDirectory(atPath: inner)
    #expect(Set(names) == Set(NIHPhantom.File.allCases.map(\.rawValue)))
    for file in NIHPhantom.File.allCases {
      let bytes = try Data(contentsOf: URL(filePath: inner).appending(path: file.rawValue))
      #expect(bytes == Data(phantom.text(of: file).utf8))
    }
  }

  @Test("Refuses a folder that cannot be made")
  func refusesAFile() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data().write(to: folder)
    let error = #expect(throws: FileError.self) {
      try NIHPhantom(patientCount: 1, seed: 1).write(to: folder.appending(path: "nih").path)
    }
    #expect(error?.code == .unwritable)
  }
}
