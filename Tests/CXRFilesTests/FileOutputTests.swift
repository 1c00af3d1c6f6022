// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTestSupport
import Foundation
import Testing

@Suite("File output and digests")
struct FileOutputTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("Quotes only the fields that need it, and reads back what it wrote")
  func csvRoundTrip() throws {
    let rows = [["plain", "a,b"], ["say \"x\"", "two\nlines"], ["", " spaced "]]
    var writer = CSVWriter(header: ["one", "two"])
    for row in rows { writer.append(row) }
    #expect(writer.text.hasPrefix("one,two\nplain,\"a,b\"\n\"say \"\"x\"\"\","))
    try AtomicFile.write(writer.bytes, to: folder.path("out.csv"))
    let reader = try CSVReader(path: folder.path("out.csv"))
    var record = TableRecord()
    var read: [[String]] = []
    while try reader.read(into: &record) { read.append(record.strings) }
    #expect(read == [["one", "two"]] + rows)
  }

  @Test("Replaces a file whole and leaves nothing else behind")
  func replaces() throws {
    let path = try folder.write("former", to: "out.txt")
    try AtomicFile.write("latter", to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "latter")
    #expect(folder.fileNames == ["out.txt"])
  }

  @Test("Reports an unwritable place and leaves nothing behind")
  func unwritable() throws {
    let missing = folder.path("none/out.txt")
    let error = #expect(throws: FileError.self) { try AtomicFile.write("x", to: missing) }
    #expect(error?.code == .unwritable)
    #expect(error?.message.contains(missing) == true)
    let occupied = folder.url.appending(path: "occupied")
    try FileManager.default.createDirectory(at: occupied, withIntermediateDirectories: false)
    #expect(throws: FileError.self) { try AtomicFile.write("x", to: occupied.path) }
    #expect(folder.fileNames == ["occupied"])
  }

  @Test("Computes the SHA-256 that the standard gives for abc")
  func digest() throws {
    let digest = try FileDigest(path: folder.write("abc", to: "abc.txt"))
    #expect(
      digest.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(digest.byteCount == 3)
    #expect(FileDigest.sha256(of: "abc") == digest.sha256)
  }
}
