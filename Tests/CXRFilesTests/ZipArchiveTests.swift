// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import Foundation
import Testing

@testable import CXRFiles

@Suite("Zip archive")
struct ZipArchiveTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @discardableResult
  private func write(
    _ files: [(path: String, text: String)], to name: String = "a.zip"
  ) throws
    -> String
  {
    let archive = try ZipArchiveWriter(path: folder.path(name))
    for file in files { try archive.add(Array(file.text.utf8), path: file.path) }
    try archive.finish()
    return folder.path(name)
  }

  /// The files of an archive: paths and contents.
  private func files(_ path: String, entryByteLimit: Int = 1 << 20) throws -> [[String]] {
    let archive = try ZipArchiveReader(path: path, entryByteLimit: entryByteLimit)
    var files: [[String]] = []
    while let entry = try archive.next() {
      let bytes = try archive.contents()
      #expect(bytes.count == entry.byteCount)
      files.append([entry.path, String(decoding: bytes, as: UTF8.self)])
    }
    return files
  }

  @Test("Reads back what it wrote, in the same order, whatever the names")
  func roundTrip() throws {
    let long = String(repeating: "radiograph ", count: 20_000)
    let path = try write([("b/two.txt", "2"), ("a.txt", long), ("née.txt", ""), ("b/z.txt", "z")])
    #expect(
      try files(path) == [
        ["b/two.txt", "2"], ["a.txt", long], ["née.txt", ""], ["b/z.txt", "z"],
      ])
    let size = try Data(contentsOf: folder.url.appending(path: "a.zip")).count
    #expect(size < 10_000)
  }

  @Test("Writes the same bytes for the same entries")
  func deterministic() throws {
    let first = try Data(contentsOf: URL(filePath: write([("a.txt", "x")])))
    let second = try Data(contentsOf: URL(filePath: write([("a.txt", "x")], to: "b.zip")))
    #expect(first == second)
  }

  @Test("Entries may be passed over unread")
  func skipping() throws {
    let archive = try ZipArchiveReader(path: write([("a", "1"), ("b", "22"), ("c", "333")]))
    #expect(try archive.next() == ZipArchiveEntry(path: "a", byteCount: 1))
    #expect(try archive.next()?.path == "b")
    #expect(try archive.contents() == [0x32, 0x32])
    #expect(try archive.next()?.path == "c")
    #expect(try archive.next() == nil)
  }

  @Test("Nothing is left behind by an archive that is not finished")
  func dropped() throws {
    do {
      let archive = try ZipArchiveWriter(path: folder.path("a.zip"))
      try archive.add([1, 2, 3], path: "a")
    }
    #expect(folder.fileNames == [])
  }

  @Test("Refuses a truncated archive, however short it is", arguments: [0.02, 0.5, 0.99])
  func truncated(_ share: Double) throws {
    let whole = try Data(
      contentsOf: URL(filePath: write([("a.txt", "one"), ("b.txt", "two"), ("c.txt", "three")])))
    let part = whole.prefix(Int(Double(whole.count) * share))
    let path = try folder.write(part, to: "part.zip")
    let error = #expect(throws: FileError.self) { try files(path) }
    #expect(error?.code == .truncated)
    #expect(error?.message.contains("part.zip") == true)
  }

  @Test("Refuses what is no zip archive", arguments: ["", "subject_id,study_id\n1,2\n"])
  func notAnArchive(_ text: String) throws {
    let path = try folder.write(text, to: "reports.zip")
    let error = #expect(throws: FileError.self) { try files(path) }
    #expect(error?.code == .malformed)
    #expect(error?.message.contains("reports.zip is not a zip archive") == true)
    #expect(throws: FileError.self) { try files(folder.path("none.zip")) }
  }

  @Test("Refuses an entry whose bytes were damaged")
  func damaged() throws {
    let text = (0..<2000).map { "\($0 * 7919 % 10_007)" }.joined(separator: " ")
    var data = try Data(contentsOf: URL(filePath: write([("a.txt", text)])))
    for index in 500..<520 { data[index] ^= 0x55 }
    let path = try folder.write(data, to: "damaged.zip")
    let error = #expect(throws: FileError.self) { try files(path) }
    #expect(error?.code == .malformed)
    #expect(error?.message.contains("a.txt") == true)
  }

  @Test("Refuses an entry that is larger than allowed, before it fills the memory")
  func sizeBomb() throws {
    let path = try write([("bomb.txt", String(repeating: "0", count: 1 << 20))])
    #expect(try files(path, entryByteLimit: 1 << 20).count == 1)
    let error = #expect(throws: FileError.self) { try files(path, entryByteLimit: 1 << 20 - 1) }
    #expect(error?.message.contains("bomb.txt") == true)
  }

  @Test("Refuses an entry that is larger than it says")
  func lyingSize() throws {
    let name = "bomb.txt"
    var data = try Data(
      contentsOf: URL(filePath: write([(name, String(repeating: "0", count: 1 << 20))])))
    // The size stands 8 bytes before the name of the entry, and 22 before that in the directory.
    let entry = try #require(data.range(of: Data(name.utf8)))
    let directory = try #require(data.range(of: Data(name.utf8), options: .backwards))
    for size in [entry.lowerBound - 8, directory.lowerBound - 22] {
      data.replaceSubrange(size..<(size + 4), with: [10, 0, 0, 0])
    }
    let path = try folder.write(data, to: "lying.zip")
    let error = #expect(throws: FileError.self) { try files(path, entryByteLimit: 1000) }
    #expect(error?.message.contains("more than 1000 bytes") == true)
  }

  @Test(
    "Refuses entries that lead out of the archive",
    arguments: ["/tmp/evil.txt", "../evil.txt.", "a/../../evil.", "C:/evil.txt..", "..\\evil.txt."])
  func hostilePaths(_ hostile: String) throws {
    #expect(!ArchivePath.isSafe(hostile))
    // The writer does not take such a path, so that it is put in afterwards.
    let harmless = String(repeating: "a", count: hostile.utf8.count)
    var data = try Data(contentsOf: URL(filePath: write([(harmless, "x")])))
    while let range = data.range(of: Data(harmless.utf8)) {
      data.replaceSubrange(range, with: Data(hostile.utf8))
    }
    let path = try folder.write(data, to: "hostile.zip")
    let error = #expect(throws: FileError.self) { try files(path) }
    #expect(error?.code == .malformed)
    #expect(error?.message.contains("leads out of the archive") == true)
  }

  @Test("Does not write entries that lead out of the archive")
  func writerRefusesHostilePaths() async {
    await #expect(processExitsWith: .failure) {
      let folder = try TemporaryFolder()
      let archive = try ZipArchiveWriter(path: folder.path("a.zip"))
      try archive.add([], path: "../a")
    }
  }

  @Test("Entries that are stored as they are lie in the mapped archive; compressed ones do not")
  func storedRanges() throws {
    // zipfile of Python 3.11: "a" and "e" stored, "e" empty, "c" deflated, the first date.
    let entry = { (name: String, method: UInt8, sum: [UInt8], packed: [UInt8], count: UInt8) in
      let sizes = [UInt8(packed.count), 0, 0, 0, count, 0, 0, 0]
      return [20, 0, 0, 0, method, 0, 0, 0, 33, 0] + sum + sizes + [1, 0, 0, 0] as [UInt8]
    }
    let entries: [(name: String, header: [UInt8], packed: [UInt8])] = [
      ("a", entry("a", 0, [0xC2, 0x41, 0x24, 0x35], Array("abc".utf8), 3), Array("abc".utf8)),
      ("e", entry("e", 0, [0, 0, 0, 0], [], 0), []),
      (
        "c", entry("c", 8, [0xC2, 0x41, 0x24, 0x35], [0x4B, 0x4C, 0x4A, 6, 0], 3),
        [0x4B, 0x4C, 0x4A, 6, 0]
      ),
    ]
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for (name, header, packed) in entries {
      directory += Array("PK".utf8) + [1, 2, 20, 0] + header + [UInt8](repeating: 0, count: 10)
      directory += [UInt8(bytes.count), 0, 0, 0] + Array(name.utf8)
      bytes += Array("PK".utf8) + [3, 4] + header + Array(name.utf8) + packed
    }
    let start = bytes.count
    bytes += directory + Array("PK".utf8) + [5, 6, 0, 0, 0, 0, 3, 0, 3, 0, UInt8(directory.count)]
    bytes += [0, 0, 0, UInt8(start), 0, 0, 0, 0, 0]
    let path = try folder.write(Data(bytes), to: "stored.zip")
    let file = try MappedFile(path: path)
    let archive = try ZipArchiveReader(mapping: file, path: path)
    var ranges: [Range<Int>?] = []
    while try archive.next() != nil { ranges.append(try archive.storedRange()) }
    #expect(ranges == [31..<34, 0..<0, nil])
    #expect(bytes[31..<34].elementsEqual("abc".utf8))
    let contents = try ZipArchiveReader(mapping: file, path: path)
    var texts: [String] = []
    while try contents.next() != nil {
      texts.append(String(decoding: try contents.contents(), as: UTF8.self))
    }
    #expect(texts == ["abc", "", "abc"])

    bytes[32] ^= 1
    let damaged = try MappedFile(path: folder.write(Data(bytes), to: "damaged.zip"))
    let reader = try ZipArchiveReader(mapping: damaged, path: "damaged.zip")
    _ = try reader.next()
    let error = #expect(throws: FileError.self) { try reader.storedRange() }
    #expect(error?.code == .malformed && error?.message.contains("damaged.zip: a") == true)
  }

  @Test("What is mapped and no archive is refused")
  func mappedRefusals() throws {
    for text in ["", "no archive", "PK"] {
      let path = try folder.write(text, to: "a.zip")
      let file = try MappedFile(path: path)
      #expect(throws: FileError.self) {
        let archive = try ZipArchiveReader(mapping: file, path: path)
        _ = try archive.next()
      }
    }
  }
}
