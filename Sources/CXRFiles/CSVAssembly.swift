// SPDX-License-Identifier: Apache-2.0

/// The record that libcsv's callbacks are putting together.
final class CSVAssembly {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private(set) var isComplete = false

  /// Moves the finished record out; the storage of the record is used for the next one.
  func take(into record: inout TableRecord) {
    swap(&record.bytes, &bytes)
    swap(&record.ends, &ends)
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    isComplete = false
  }

  /// Called by libcsv with each unquoted field; the context is the assembly.
  static let onField:
    @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
      field, count, context in
      guard let context = unsafe context else { return }
      let assembly = unsafe Unmanaged<CSVAssembly>.fromOpaque(context).takeUnretainedValue()
      unsafe assembly.bytes.append(contentsOf: UnsafeRawBufferPointer(start: field, count: count))
      assembly.ends.append(assembly.bytes.count)
    }

  /// Called by libcsv at the end of each record; the context is the assembly.
  static let onRecord: @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void = { _, context in
    guard let context = unsafe context else { return }
    unsafe Unmanaged<CSVAssembly>.fromOpaque(context).takeUnretainedValue().isComplete = true
  }
}

extension TableRecord {
  /// Whether the bytes are valid UTF-8 as a whole, and no field splits a character.
  var isUTF8: Bool {
    ends.indices.allSatisfy { String(validating: self[$0], as: UTF8.self) != nil }
  }

  /// Takes the bytes for Latin-1, whose 256 characters are the first ones of Unicode, and turns
  /// them into UTF-8.
  mutating func transcodeLatin1() {
    var transcoded = TableRecord()
    transcoded.line = line
    transcoded.endsWithFile = endsWithFile
    for index in ends.indices {
      transcoded.append(String(String.UnicodeScalarView(self[index].map { Unicode.Scalar($0) })))
    }
    self = transcoded
  }
}
