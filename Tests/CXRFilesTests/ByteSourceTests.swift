// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTestSupport
import Foundation
import Testing

@Suite("Byte source")
struct ByteSourceTests {
  /// `gzip -n` of ten lines "cxr\n".
  static var compressed: Data {
    Data(base64Encoded: "H4sIAAAAAAAC/0uuKOJKJgIDAA82qmgoAAAA") ?? Data()
  }

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func text(_ path: String) throws -> String {
    let source = try ByteSource(path: path)
    var chunk: [UInt8] = []
    var bytes: [UInt8] = []
    while try source.read(into: &chunk) { bytes += chunk }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("Decides by content whether a file is compressed")
  func decompresses() throws {
    let expected = String(repeating: "cxr\n", count: 10)
    #expect(try text(folder.write(Self.compressed, to: "misnamed.csv")) == expected)
    #expect(try text(folder.write(expected, to: "plain.csv.gz")) == expected)
  }

  @Test("Refuses a truncated gzip file, naming it and the remedy")
  func truncated() throws {
    let path = try folder.write(Self.compressed.dropLast(9), to: "short.csv.gz")
    let error = #expect(throws: FileError.self) { try text(path) }
    #expect(error?.code == .truncated)
    #expect(error?.message.contains("short.csv.gz") == true)
    #expect(error?.message.contains("download or copy it again") == true)
  }

  @Test("Refuses a corrupt gzip file")
  func corrupt() throws {
    var data = Self.compressed
    data[data.count - 6] ^= 0xFF
    let path = try folder.write(data, to: "corrupt.gz")
    let error = #expect(throws: FileError.self) { try text(path) }
    #expect(error?.code == .malformed)
  }

  @Test("Refuses a missing file and a folder")
  func missing() {
    #expect(throws: FileError.self) { try text(folder.path("none.csv")) }
    let error = #expect(throws: FileError.self) { try text(folder.url.path) }
    #expect(error?.code == .unreadable)
  }
}
