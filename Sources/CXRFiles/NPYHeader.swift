// SPDX-License-Identifier: Apache-2.0

/// What stands before the values of a NumPy file: the type of its elements and its shape.
///
///     let header = NPYHeader(element: .uint8, shape: [512, 224, 224])
///     try AtomicFile.write(header.bytes + pixels, to: "shard-00000.npy")
///
/// The values follow in C order, the last axis running fastest.
///
/// - SeeAlso: <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>
public struct NPYHeader: Hashable, Sendable {
  /// A type of elements, by NumPy's name for it.
  public enum Element: String, CaseIterable, Sendable {
    /// Truth values of a byte each.
    case bool = "|b1"
    /// Unsigned, 8 bits.
    case uint8 = "|u1"
    /// Unsigned, 16 bits, little endian.
    case uint16 = "<u2"
    /// Unsigned, 32 bits, little endian.
    case uint32 = "<u4"
    /// Unsigned, 64 bits, little endian.
    case uint64 = "<u8"
    /// Signed, 8 bits.
    case int8 = "|i1"
    /// Signed, 16 bits, little endian.
    case int16 = "<i2"
    /// Signed, 32 bits, little endian.
    case int32 = "<i4"
    /// Signed, 64 bits, little endian.
    case int64 = "<i8"
    /// IEEE 754, 16 bits, little endian.
    case float16 = "<f2"
    /// IEEE 754, 32 bits, little endian.
    case float32 = "<f4"
    /// IEEE 754, 64 bits, little endian.
    case float64 = "<f8"

    /// The name of the type, as NumPy's users write it: that of the case.
    public var name: String { "\(self)" }

    /// The bytes of one element.
    public var byteCount: Int {
      switch self {
      case .bool, .uint8, .int8: 1
      case .uint16, .int16, .float16: 2
      case .uint32, .int32, .float32: 4
      case .uint64, .int64, .float64: 8
      }
    }
  }

  /// The type of the elements.
  public let element: Element
  /// The lengths of the axes, none negative.
  public let shape: [Int]

  /// Creates a header.
  ///
  /// - Parameters:
  ///   - element: The type of the elements.
  ///   - shape: The lengths of the axes, none negative.
  public init(element: Element, shape: [Int]) {
    precondition(shape.allSatisfy { $0 >= 0 }, "no axis has a negative length")
    self.element = element
    self.shape = shape
  }

  /// The number of values that follow.
  public var valueCount: Int { shape.reduce(1, *) }

  /// The header in format 1.0, padded so that the values begin at a multiple of 64 bytes.
  public var bytes: [UInt8] {
    let axes = shape.map { "\($0)" }.joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var text = "{'descr': '\(element.rawValue)', 'fortran_order': False, 'shape': (\(axes)), }"
    let length = (Self.prefix.count + 2 + text.utf8.count + 1 + 63) / 64 * 64
    text += String(repeating: " ", count: length - Self.prefix.count - 2 - text.utf8.count - 1)
    text += "\n"
    let count = text.utf8.count
    return Self.prefix + [UInt8(count & 255), UInt8(count >> 8)] + Array(text.utf8)
  }

  /// Reads the header of a file.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - name: How errors name the file.
  ///   - elements: The types of elements that the caller can use, at least one.
  /// - Returns: The header, and where the values begin.
  /// - Throws: ``FileError`` with code `.malformed` for what is no NumPy file, or one whose elements
  ///   or order are not read here; `.truncated` when values are missing.
  public static func read(
    from file: MappedFile, name: String, accepting elements: [Element] = Element.allCases
  ) throws(FileError) -> (header: NPYHeader, valueOffset: Int) {
    let start = file.withBytes { bytes in
      unsafe bytes.withUnsafeBytes { unsafe Array($0.prefix(maximumLength)) }
    }
    guard start.starts(with: Self.prefix.prefix(6)), start.count >= 12, (1...3).contains(start[6])
    else { throw FileError(.malformed, "\(name) is no NumPy file (.npy).") }
    let lengthBytes = start[6] == 1 ? 2 : 4
    let length = (0..<lengthBytes).reduce(0) { $0 | Int(start[8 + $1]) << (8 * $1) }
    let valueOffset = 8 + lengthBytes + length
    guard valueOffset <= start.count else {
      throw FileError(.malformed, "\(name) has a NumPy header of \(length) bytes, which is absurd.")
    }
    let text = String(decoding: start[(8 + lengthBytes)..<valueOffset], as: UTF8.self)
    let header = try NPYHeader(dictionary: text, name: name, accepting: elements)
    let (byteCount, overflows) = header.shape.reduce((header.element.byteCount, false)) {
      sofar, axis in
      let product = sofar.0.multipliedReportingOverflow(by: axis)
      return (product.partialValue, sofar.1 || product.overflow)
    }
    guard !overflows, byteCount <= file.count - valueOffset else {
      throw FileError(
        .truncated,
        "\(name) ends before the \(header.shape.map { "\($0)" }.joined(separator: " × ")) values "
          + "that its header promises; make it again.")
    }
    return (header, valueOffset)
  }

  private init(
    dictionary text: String, name: String, accepting elements: [Element]
  ) throws(FileError) {
    let fields =
      /'descr':\s*'(?<type>[^']+)'.*'fortran_order':\s*(?<order>\w+).*'shape':\s*\((?<shape>[\d,\s]*)\)/
    guard let match = try? fields.firstMatch(in: text) else {
      throw FileError(.malformed, "\(name) has a NumPy header that cannot be read.")
    }
    let element = Element(rawValue: String(match.type))
    guard let element, elements.contains(element), match.order == "False" else {
      let names = elements.map(\.name)
      let choice =
        names.count > 1
        ? names.dropLast().joined(separator: ", ") + " or " + names[names.count - 1]
        : names.joined()
      throw FileError(
        .malformed,
        "\(name) holds \(element?.name ?? String(match.type)) in "
          + "\(match.order == "False" ? "C" : "Fortran") order; save it as \(choice) in C order, as "
          + "numpy.ascontiguousarray(a, dtype='\(names[names.count - 1])') makes it.")
    }
    let axes = match.shape.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
      .filter { !$0.isEmpty }
    let shape = axes.compactMap { Int($0) }
    guard shape.count == axes.count else {
      throw FileError(.malformed, "\(name) has a shape that is no shape; save the array again.")
    }
    self.init(element: element, shape: shape)
  }

  /// The magic bytes and version 1.0.
  private static let prefix: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
  private static let maximumLength = 65_536
}
