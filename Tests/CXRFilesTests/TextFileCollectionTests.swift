// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTestSupport
import Foundation
import Testing

@Suite("Text file collection")
struct TextFileCollectionTests {
  let folder: TemporaryFolder
  /// Paths in the order of names, some of them not for reading.
  let paths = [
    "files/p10/p10000032/s5.txt", "files/p10/p10000032/s50.txt", "files/p10/p2/s1.txt",
    "files/p10/p2/s2.text", "files/p10.txt", "files/p11/.hidden.txt", "index.html",
  ]

  init() throws {
    folder = try TemporaryFolder()
    for path in paths {
      let file = folder.url.appending(path: "reports/\(path)")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(path.utf8).write(to: file)
    }
  }

  /// The paths of a collection; every file holds its own.
  private func readPaths(_ path: String, suffix: String = "") throws -> [String] {
    let collection = try TextFileCollection(path: path, suffix: suffix)
    var paths: [String] = []
    while let (path, bytes) = try collection.next() {
      #expect(path == String(decoding: bytes, as: UTF8.self))
      paths.append(path)
    }
    return paths
  }

  @Test("Reads a folder in the order of its names")
  func readsFolder() throws {
    #expect(
      try readPaths(folder.path("reports")) == [
        "files/p10.txt", "files/p10/p10000032/s5.txt", "files/p10/p10000032/s50.txt",
        "files/p10/p2/s1.txt", "files/p10/p2/s2.text", "index.html",
      ])
    #expect(try readPaths(folder.path("reports"), suffix: ".txt").count == 4)
  }

  @Test("Reads a zip archive of the same files")
  func readsArchive() throws {
    let archive = try ZipArchiveWriter(path: folder.path("reports.zip"))
    for path in paths { try archive.add(Array(path.utf8), path: path) }
    try archive.finish()
    let read = try readPaths(folder.path("reports.zip"), suffix: ".txt")
    #expect(try read.sorted() == readPaths(folder.path("reports"), suffix: ".txt").sorted())
    #expect(try readPaths(folder.path("reports.zip")).count == 6)
  }

  @Test("Follows links, but not in a circle")
  func links() throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link"), withDestinationPath: folder.path("reports"))
    #expect(try readPaths(folder.path("link"), suffix: ".txt").count == 4)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("reports/files/p11/circle"), withDestinationPath: folder.path("reports"))
    let error = #expect(throws: FileError.self) { try readPaths(folder.path("reports")) }
    #expect(error?.code == .malformed)
    #expect(error?.message.contains("p11/circle") == true)
  }

  @Test("Refuses a path where nothing is")
  func missing() {
    let error = #expect(throws: FileError.self) { try readPaths(folder.path("none")) }
    #expect(error?.code == .missing)
    #expect(throws: FileError.self) { try FolderWalk(path: folder.path("reports/index.html")) }
  }
}
