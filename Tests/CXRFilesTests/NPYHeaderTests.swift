// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTestSupport
import Foundation
import Testing

@Suite("NumPy headers")
struct NPYHeaderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func file(_ bytes: [UInt8]) throws -> MappedFile {
    try AtomicFile.write(bytes, to: folder.path("a.npy"))
    return try MappedFile(path: folder.path("a.npy"))
  }

  @Test(
    "What is written is read",
    arguments: NPYHeader.Element.allCases, [[], [0], [3], [2, 3], [512, 0, 7], [1, 2, 3, 4]])
  func roundTrip(_ element: NPYHeader.Element, shape: [Int]) throws {
    let header = NPYHeader(element: element, shape: shape)
    #expect(header.bytes.count % 64 == 0)
    let values = [UInt8](repeating: 1, count: header.valueCount * element.byteCount)
    let (read, offset) = try NPYHeader.read(from: file(header.bytes + values), name: "a.npy")
    #expect(read == header)
    #expect(offset == header.bytes.count)
  }

  @Test("The bytes are NumPy's")
  func bytes() {
    // numpy.save of numpy.zeros((2, 3), "uint8"), NumPy 2.4.
    let text = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }"
    let expected = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(text.utf8)
    let bytes = NPYHeader(element: .uint8, shape: [2, 3]).bytes
    #expect(Array(bytes.prefix(expected.count)) == expected)
    #expect(bytes.count == 128 && bytes.last == UInt8(ascii: "\n"))
  }

  @Test("A file that ends early, one of another order, and what is no NumPy file are refused")
  func refusals() throws {
    let header = NPYHeader(element: .uint16, shape: [2, 2])
    var error = #expect(throws: FileError.self) {
      try NPYHeader.read(from: file(header.bytes + [0, 0, 0]), name: "a.npy")
    }
    #expect(error?.code == .truncated)
    let fortran = String(decoding: header.bytes.dropFirst(10), as: UTF8.self)
      .replacing("False", with: "True ")
    error = #expect(throws: FileError.self) {
      try NPYHeader.read(from: file(header.bytes.prefix(10) + Array(fortran.utf8)), name: "a.npy")
    }
    #expect(error?.code == .malformed && error?.message.contains("C order") == true)
    for bytes in [[], Array("PNG".utf8), Array(header.bytes.prefix(40))] as [[UInt8]] {
      error = #expect(throws: FileError.self) {
        try NPYHeader.read(from: file(bytes), name: "a.npy")
      }
      #expect(error?.code == .malformed)
    }
  }

  @Test("A shape whose product overflows is refused")
  func absurdShape() throws {
    let header = NPYHeader(element: .float64, shape: [1 << 40, 1 << 40])
    let error = #expect(throws: FileError.self) {
      try NPYHeader.read(from: file(header.bytes), name: "a.npy")
    }
    #expect(error?.code == .truncated)
  }

  @Test(
    "A length of an axis that is no number here is refused",
    arguments: ["9999999999999999999", "٣"])
  func absurdLength(_ length: String) throws {
    let text = "{'descr': '|u1', 'fortran_order': False, 'shape': (\(length),), }\n"
    let prefix = NPYHeader(element: .uint8, shape: []).bytes.prefix(8)
    let bytes = prefix + [UInt8(text.utf8.count), 0] + Array(text.utf8)
    let error = #expect(throws: FileError.self) {
      try NPYHeader.read(from: file(Array(bytes)), name: "a.npy")
    }
    #expect(error?.code == .malformed)
  }
}
