// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTestSupport
import Foundation
import Testing

@Suite("NumPy matrices")
struct NPYMatrixTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ values: [Double], shape: [Int]) throws -> String {
    let bytes = values.flatMap { value in
      unsafe withUnsafeBytes(of: value.bitPattern.littleEndian) { unsafe Array($0) }
    }
    let path = folder.path("a.npy")
    try AtomicFile.write(NPYHeader(element: .float64, shape: shape).bytes + bytes, to: path)
    return path
  }

  private func error(of path: String) throws -> FileError {
    try #require(#expect(throws: FileError.self) { try NPYMatrix(path: path) })
  }

  @Test("Values are read row by row")
  func rows() throws {
    let matrix = try NPYMatrix(path: write([1, 2, 3, 4, 5, 6], shape: [2, 3]))
    #expect(matrix.rowCount == 2 && matrix.columnCount == 3)
    #expect(Array(matrix.row(1)) == [4, 5, 6])
  }

  @Test(
    "NaN and infinity name the file, the row and the column",
    arguments: [Double.nan, .infinity, -.infinity])
  func finite(_ value: Double) throws {
    let error = try error(of: write([1, 2, 3, 4, 5, value], shape: [3, 2]))
    #expect(error.code == .malformed)
    #expect(error.message.contains("a.npy: row 2 holds \(value) in column 1"), "\(error)")
  }

  @Test(
    "Elements that are no floats of 32 or 64 bits say what is read",
    arguments: [("<f2", "float16"), ("|u1", "uint8"), ("<c8", "<c8")])
  func elements(_ type: String, _ name: String) throws {
    let header = NPYHeader(element: .float64, shape: [2, 2]).bytes
    let text = String(decoding: header.dropFirst(10), as: UTF8.self).replacing("<f8", with: type)
    let path = folder.path("a.npy")
    try AtomicFile.write(
      header.prefix(10) + Array(text.utf8) + [UInt8](repeating: 0, count: 32), to: path)
    let error = try error(of: path)
    #expect(error.code == .malformed)
    #expect(error.message.contains("holds \(name) in C order"), "\(error)")
    #expect(error.message.contains("save it as float32 or float64 in C order"), "\(error)")
    #expect(!error.message.contains("uint8, "), "\(error)")
  }

  @Test("An array that is no matrix is refused with its shape")
  func shape() throws {
    let error = try error(of: write([1, 2, 3], shape: [3]))
    #expect(error.message.contains("float64 of shape (3)"), "\(error)")
  }
}
