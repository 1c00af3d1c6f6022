// SPDX-License-Identifier: Apache-2.0

extension NPYMatrix {
  /// Writes a matrix of 32-bit floats, whole or not at all.
  ///
  /// - Parameters:
  ///   - values: The values row by row.
  ///   - columnCount: The number of columns, above 0.
  ///   - path: The path of the file.
  /// - Throws: ``FileError`` with code `.unwritable`.
  /// - Precondition: The values are whole rows.
  public static func write(
    _ values: [Float], columnCount: Int, to path: String
  ) throws(FileError) {
    precondition(columnCount > 0 && values.count.isMultiple(of: columnCount), "whole rows")
    let header = NPYHeader(element: .float32, shape: [values.count / columnCount, columnCount])
    let bytes = unsafe values.withUnsafeBytes { unsafe Array($0) }
    try AtomicFile.write(header.bytes + bytes, to: path)
  }

  /// Writes a matrix of 64-bit floats, whole or not at all.
  ///
  /// - Parameters:
  ///   - values: The values row by row.
  ///   - columnCount: The number of columns, above 0.
  ///   - path: The path of the file.
  /// - Throws: ``FileError`` with code `.unwritable`.
  /// - Precondition: The values are whole rows.
  public static func write(
    _ values: [Double], columnCount: Int, to path: String
  ) throws(FileError) {
    precondition(columnCount > 0 && values.count.isMultiple(of: columnCount), "whole rows")
    let header = NPYHeader(element: .float64, shape: [values.count / columnCount, columnCount])
    let bytes = unsafe values.withUnsafeBytes { unsafe Array($0) }
    try AtomicFile.write(header.bytes + bytes, to: path)
  }
}
