// SPDX-License-Identifier: Apache-2.0

/// A small comma-separated table without quoted cells, held by column.
public struct GoldenTable: Sendable {
  /// The column names, in file order.
  public let names: [String]
  /// The number of rows below the header.
  public let rowCount: Int
  private let cells: [String: [String]]

  /// Reads a table.
  ///
  /// - Parameter text: A header line and one line per row, cells separated by commas.
  /// - Throws: ``GoldenJSON/Mismatch`` if a row has more or fewer cells than the header.
  public init(_ text: String) throws {
    let lines = text.utf8.split(separator: UInt8(ascii: "\n")).map {
      $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0
    }
    let rows = lines.map {
      $0.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    }
    guard let header = rows.first, rows.allSatisfy({ $0.count == header.count }) else {
      throw GoldenJSON.Mismatch(description: "a header and rows of equal width")
    }
    names = header.map { String(Substring($0)) }
    rowCount = rows.count - 1
    cells = Dictionary(
      uniqueKeysWithValues: names.enumerated().map { column, name in
        (name, rows.dropFirst().map { String(Substring($0[column])) })
      })
  }

  /// Returns the cells of a column.
  ///
  /// - Parameter name: The column's name.
  /// - Returns: One cell per row, blank cells empty.
  /// - Throws: ``GoldenJSON/Mismatch`` if there is no such column.
  public func strings(_ name: String) throws -> [String] {
    guard let column = cells[name] else {
      throw GoldenJSON.Mismatch(description: "the column \(name)")
    }
    return column
  }

  /// Returns the numbers of a column.
  ///
  /// - Parameter name: The column's name.
  /// - Returns: One number per row, `nil` for blank cells.
  /// - Throws: ``GoldenJSON/Mismatch`` if there is no such column, or a cell is not a number.
  public func optionalNumbers(_ name: String) throws -> [Double?] {
    try strings(name).map { cell in
      if cell.isEmpty { return nil }
      guard let number = Double(cell) else {
        throw GoldenJSON.Mismatch(description: "a number in \(name), not \(cell)")
      }
      return number
    }
  }

  /// Returns the numbers of a column without blank cells.
  ///
  /// - Parameter name: The column's name.
  /// - Returns: One number per row.
  /// - Throws: ``GoldenJSON/Mismatch`` if there is no such column, or a cell is not a number.
  public func numbers(_ name: String) throws -> [Double] {
    try optionalNumbers(name).map { number in
      guard let number else { throw GoldenJSON.Mismatch(description: "no blank cell in \(name)") }
      return number
    }
  }

  /// Returns the labels of a column, `nil` where a row does not count for the label.
  ///
  /// - Parameter name: The column's name.
  /// - Returns: `true` for 1, `false` for 0, `nil` for −1 and blank cells.
  /// - Throws: ``GoldenJSON/Mismatch`` if there is no such column, or a cell is not a number.
  public func labels(_ name: String) throws -> [Bool?] {
    try optionalNumbers(name).map { number in
      switch number {
      case 1: true
      case 0: false
      default: nil
      }
    }
  }

  /// Returns the values of a column as consecutive codes by first appearance.
  ///
  /// - Parameter name: The column's name.
  /// - Returns: One code per row, the first value's code being 0.
  /// - Throws: ``GoldenJSON/Mismatch`` if there is no such column.
  public func codes(_ name: String) throws -> [Int] {
    var codes: [String: Int] = [:]
    return try strings(name).map { value in
      let code = codes[value] ?? codes.count
      codes[value] = code
      return code
    }
  }
}
