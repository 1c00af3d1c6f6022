// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import Foundation
import Testing

@testable import CXRFiles

@Suite("Atomic folder")
struct AtomicFolderTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path("a") }

  init() throws { folder = try TemporaryFolder() }

  private func write(_ text: String) throws {
    try AtomicFolder.write(to: path) { try AtomicFile.write(text, to: "\($0)/file") }
  }

  private func content() throws -> String {
    try String(contentsOfFile: "\(path)/file", encoding: .utf8)
  }

  @Test("Takes the place of a former folder, and leaves nothing aside")
  func replaces() throws {
    try write("first")
    try write("second")
    #expect(try content() == "second")
    #expect(folder.fileNames == ["a"])
  }

  @Test("After an error the former folder is as it was")
  func keepsFormer() throws {
    try write("first")
    #expect(throws: CancellationError.self) {
      try AtomicFolder.write(to: path) { part in
        try AtomicFile.write("broken", to: "\(part)/file")
        throw CancellationError()
      }
    }
    #expect(try content() == "first")
    #expect(folder.fileNames == ["a"])
  }

  @Test("What a kill left aside is removed, and a former folder comes back")
  func recovers() throws {
    try write("first")
    let manager = FileManager.default
    try manager.createDirectory(atPath: "\(path).part", withIntermediateDirectories: true)
    try manager.moveItem(atPath: path, toPath: "\(path).former")
    #expect(AtomicFolder.exists(path))
    try AtomicFolder.recover(path)
    #expect(try content() == "first")
    try write("second")
    #expect(try content() == "second")
    #expect(folder.fileNames == ["a"])
  }

  @Test("A folder that a kill left aside neither blocks an exchange nor comes back later")
  func removesStaleFormer() throws {
    #expect(!AtomicFolder.exists(path))
    try write("first")
    let manager = FileManager.default
    try manager.copyItem(atPath: path, toPath: "\(path).former")
    try manager.copyItem(atPath: path, toPath: "\(path).part")
    try AtomicFile.write("second", to: "\(path).part/file")
    try AtomicFolder.exchangeInSteps("\(path).part", path)
    #expect(try content() == "second")
    // As it is after a kill between the exchange and the removal.
    #expect(folder.fileNames == ["a", "a.former"])
    try write("third")
    #expect(folder.fileNames == ["a"])
    #expect(throws: FileError.self) { try AtomicFolder.exchangeInSteps("\(path).part", path) }
    #expect(try content() == "third", "without a new folder the former one stays")
  }

  @Test("A file of the name is refused and stays")
  func refusesFile() throws {
    try AtomicFile.write("kept", to: path)
    let error = #expect(throws: FileError.self) { try write("new") }
    #expect(error?.code == .unwritable)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "kept")
  }
}
