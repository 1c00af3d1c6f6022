// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTestSupport
import Foundation
import Testing

@Suite("Output file")
struct OutputFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(
    _ pieces: [String], to name: String, _ compression: OutputFile.Compression
  )
    throws -> Data
  {
    let file = try OutputFile(path: folder.path(name), compression: compression)
    for piece in pieces { try file.write(piece) }
    try file.finish()
    return try Data(contentsOf: folder.url.appending(path: name))
  }

  @Test("Reads back what it wrote, plain and compressed", arguments: [1, 300_000])
  func roundTrip(_ pieceLength: Int) throws {
    let pieces = ["", String(repeating: "é", count: pieceLength), "end\n"]
    let plain = try write(pieces, to: "plain.txt", .none)
    #expect(plain == Data(pieces.joined().utf8))
    let compressed = try write(pieces, to: "text.gz", .gzip)
    #expect(compressed.starts(with: [0x1F, 0x8B]))
    let source = try ByteSource(path: folder.path("text.gz"))
    var chunk: [UInt8] = []
    var bytes: [UInt8] = []
    while try source.read(into: &chunk) { bytes += chunk }
    #expect(Data(bytes) == plain)
    #expect(folder.fileNames == ["plain.txt", "text.gz"])
  }

  @Test("Compresses the same content to the same bytes under any name, without a time")
  func deterministic() throws {
    let first = try write(["cxr\n"], to: "first.gz", .gzip)
    #expect(try write(["cxr\n"], to: "second.gz", .gzip) == first)
    #expect(first[4..<8].allSatisfy { $0 == 0 })
  }

  @Test("Leaves the former file in place until it is finished, and nothing else when dropped")
  func dropped() throws {
    let path = try folder.write("former", to: "out.txt")
    do {
      let file = try OutputFile(path: path)
      try file.write("latter")
      #expect(folder.fileNames.count == 2)
    }
    #expect(folder.fileNames == ["out.txt"])
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "former")
  }

  @Test("Reports an unwritable place and a full disk")
  func unwritable() throws {
    let error = #expect(throws: FileError.self) { try OutputFile(path: folder.path("none/a")) }
    #expect(error?.code == .unwritable)
    let full = #expect(throws: FileError.self) {
      let file = try OutputFile(path: "/dev/full")
      try file.write("x")
      try file.finish()
    }
    #expect(full?.message.contains("No space left") == true)
  }

  @Test("A table is drained piece by piece")
  func drained() throws {
    let file = try OutputFile(path: folder.path("table.csv"))
    var writer = CSVWriter(header: ["a", "b"])
    for row in 0..<3 {
      writer.append(["\(row)", "x"])
      try file.write(writer.drain())
      #expect(writer.bytes.isEmpty)
    }
    try file.finish()
    let text = try String(contentsOfFile: folder.path("table.csv"), encoding: .utf8)
    #expect(text == "a,b\n0,x\n1,x\n2,x\n")
  }

  @Test("Writes through a link to a file that does not exist yet, and keeps the link")
  func danglingLink() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link.csv"), withDestinationPath: folder.path("real.csv"))
    try AtomicFile.write("a\n", to: folder.path("link.csv"))
    #expect(try String(contentsOfFile: folder.path("real.csv"), encoding: .utf8) == "a\n")
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link.csv"))
        == folder.path("real.csv"))
  }
}
