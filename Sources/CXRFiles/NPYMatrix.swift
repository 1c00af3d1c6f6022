// SPDX-License-Identifier: Apache-2.0

/// A matrix of numbers from a NumPy file, such as one feature vector per image.
///
///     let features = try NPYMatrix(path: "inception.npy")
///     features.rowCount  // 5000
public struct NPYMatrix: Sendable {
  /// The number of rows.
  public let rowCount: Int
  /// The number of columns.
  public let columnCount: Int
  /// The values row by row, all finite, shape `[rowCount, columnCount]`.
  public let values: [Double]

  /// Reads a matrix of 32- or 64-bit floats.
  ///
  /// - Parameter path: The path of the file.
  /// - Throws: ``FileError`` with code `.missing` or `.unreadable`; `.malformed` for an array that is
  ///   no matrix of floats, or that holds NaN or infinity; `.truncated`.
  /// - Complexity: O(values).
  public init(path: String) throws(FileError) {
    let file = try MappedFile(path: path)
    let (header, offset) = try NPYHeader.read(
      from: file, name: path, accepting: [.float32, .float64])
    guard header.shape.count == 2 else {
      let shape = header.shape.map(String.init).joined(separator: " × ")
      throw FileError(
        .malformed,
        "\(path) holds \(header.element.name) of shape (\(shape)); save a matrix of float32 or "
          + "float64, a row per image.")
    }
    (rowCount, columnCount) = (header.shape[0], header.shape[1])
    let values = file.withBytes { bytes in
      unsafe bytes.extracting(offset..<offset + header.valueCount * header.element.byteCount)
        .withUnsafeBytes { bytes in
          switch header.element {
          case .float32:
            unsafe bytes.withMemoryRebound(to: Float.self) { unsafe $0.map(Double.init) }
          default: unsafe Array(bytes.assumingMemoryBound(to: Double.self))
          }
        }
    }
    if let position = values.firstIndex(where: { !$0.isFinite }) {
      throw FileError(
        .malformed,
        "\(path): row \(position / columnCount) holds \(values[position]) in column "
          + "\(position % columnCount), both counted from 0 as in NumPy; leave that image out, or "
          + "compute its features again.")
    }
    self.values = values
  }

  /// Returns a row.
  ///
  /// - Parameter row: The number of the row, from 0.
  /// - Returns: The values, shape `[columnCount]`.
  public func row(_ row: Int) -> ArraySlice<Double> {
    values[row * columnCount..<(row + 1) * columnCount]
  }
}
