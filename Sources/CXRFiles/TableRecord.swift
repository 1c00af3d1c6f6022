// SPDX-License-Identifier: Apache-2.0

/// One record of a table: its fields as bytes, turned into values on demand.
///
/// Reuse one record for a whole file; its storage then is allocated once.
public struct TableRecord: Sendable {
  /// The line of the file on which the record begins, counted from 1; of a spreadsheet the row, of
  /// a folder the number of the file.
  public var line = 0
  /// Whether the file ended before the record's line did: the record then may be cut.
  public internal(set) var endsWithFile = false
  var bytes: [UInt8] = []
  /// The end of each field in `bytes`.
  var ends: [Int] = []

  /// Creates an empty record.
  public init() {}

  /// The number of fields.
  public var fieldCount: Int { ends.count }

  /// All fields as text.
  public var strings: [String] { ends.indices.map { string(at: $0) } }

  /// Removes all fields; their storage is kept for the next ones.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  /// Appends a field.
  ///
  /// - Parameter field: The text of the field.
  public mutating func append(_ field: some StringProtocol) {
    bytes.append(contentsOf: field.utf8)
    ends.append(bytes.count)
  }

  /// Appends a field.
  ///
  /// - Parameter field: The text of the field, in UTF-8.
  public mutating func append(_ field: some Collection<UInt8>) {
    bytes.append(contentsOf: field)
    ends.append(bytes.count)
  }

  /// The bytes of a field, unquoted.
  ///
  /// - Parameter index: The field, from 0.
  public subscript(index: Int) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  /// Returns a field as text.
  ///
  /// - Parameter index: The field, from 0.
  /// - Returns: The text, with the spaces that the file has around it.
  public func string(at index: Int) -> String { String(decoding: self[index], as: UTF8.self) }

  /// Returns a field as text without the spaces around it.
  ///
  /// - Parameter index: The field, from 0.
  /// - Returns: The text, or `nil` where nothing but spaces, tabs and line ends is there.
  public func trimmedString(at index: Int) -> String? {
    // By index, because every cell of a table comes by here and a slice costs its owner's count.
    var start = index == 0 ? 0 : ends[index - 1]
    var end = ends[index]
    while start < end, Self.isSpace(bytes[start]) { start += 1 }
    while start < end, Self.isSpace(bytes[end - 1]) { end -= 1 }
    return start < end ? String(decoding: bytes[start..<end], as: UTF8.self) : nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  /// Returns a field as a whole number.
  ///
  /// - Parameter index: The field, from 0.
  /// - Returns: The number, or `nil` unless the field consists of 1 to 18 digits.
  public func naturalNumber(at index: Int) -> Int? {
    let field = self[index]
    guard (1...18).contains(field.count) else { return nil }
    var value = 0
    for byte in field {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }

  /// Returns a field as a finite number.
  ///
  /// - Parameter index: The field, from 0.
  /// - Returns: The number, or `nil` unless the field is a finite decimal such as `-1.5e-3`;
  ///   `nan`, `inf` and hexadecimal forms are none.
  public func finiteNumber(at index: Int) -> Double? {
    let field = self[index]
    // Letters other than an exponent's would let `Double` read nan, inf and hexadecimal.
    guard field.allSatisfy({ $0 < 0x3A || $0 | 0x20 == 0x65 }) else { return nil }
    guard let value = Double(string(at: index)), value.isFinite else { return nil }
    return value
  }
}
