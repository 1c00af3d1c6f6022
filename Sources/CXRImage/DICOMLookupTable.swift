// SPDX-License-Identifier: Apache-2.0

/// A table that replaces values by others.
///
/// - SeeAlso: DICOM PS3.3 C.11.1.1,
///   <https://dicom.nema.org/medical/dicom/current/output/chtml/part03/sect_C.11.html>.
public struct DICOMLookupTable: Sendable, Equatable {
  /// The value that the first entry stands for; lower values get the first entry, too.
  public let first: Int
  /// The entries, at least one; values beyond the last get the last.
  public let entries: [UInt16]
  /// The bits of an entry, 8 to 16.
  public let bitDepth: Int

  /// Reads a table, or gives `nil` if its parts do not go together.
  ///
  /// - Parameters:
  ///   - descriptor: The number of entries, the value that the first stands for, and the bits.
  ///   - words: The entries; those of 8 bits may share a word in pairs.
  ///   - isSigned: Whether the value that the first entry stands for is signed.
  init?(descriptor: [UInt16], words: [UInt16], isSigned: Bool) {
    guard descriptor.count == 3, (8...16).contains(descriptor[2]) else { return nil }
    // 65,536 entries are written as 0.
    let count = descriptor[0] == 0 ? 65_536 : Int(descriptor[0])
    first = isSigned ? Int(Int16(bitPattern: descriptor[1])) : Int(descriptor[1])
    bitDepth = Int(descriptor[2])
    if words.count >= count {
      entries = Array(words.prefix(count))
    } else if bitDepth == 8, words.count * 2 >= count {
      entries = Array(words.flatMap { [$0 & 0xFF, $0 >> 8] }.prefix(count))
    } else {
      return nil
    }
  }

  /// Returns the entry of a value.
  ///
  /// - Parameter value: A value; between whole numbers the nearest counts.
  /// - Returns: The entry.
  public subscript(value: Double) -> UInt16 {
    let offset = (value - Double(first)).rounded()
    // Written so that what is not a number gets the first entry.
    guard offset > 0 else { return entries[0] }
    return offset < Double(entries.count) ? entries[Int(offset)] : entries[entries.count - 1]
  }
}
