// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
import Foundation

/// A table that is written to a file piece by piece, compressed when its name ends in `.gz`.
final class TableFile {
  private var writer: CSVWriter
  private let output: OutputFile

  /// How many bytes are kept in memory before they are written.
  private static let pieceByteCount = 1 << 18

  init(_ path: String, header: [String]) throws(FileError) {
    writer = CSVWriter(header: header)
    output = try OutputFile(path: path, compression: path.hasSuffix(".gz") ? .gzip : .none)
  }

  /// Appends a record.
  func append(_ fields: [String]) throws(FileError) {
    writer.append(fields)
    if writer.bytes.count >= Self.pieceByteCount { try output.write(writer.drain()) }
  }

  /// Writes what is left; until then the file is not there.
  func finish() throws(FileError) {
    try output.write(writer.drain())
    try output.finish()
  }
}

/// Makes a folder and those above it.
///
/// - Throws: `FileError` with code `.unwritable`.
func makeFolder(_ path: String) throws(FileError) {
  do {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  } catch {
    throw FileError(
      .unwritable, "\(path) cannot be made; check the path and its permissions.", cause: error)
  }
}
