// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The bytes of a DICOM file, read where they are wanted, and the elements in them.
///
/// GDCM is not used for this: built as Debian builds it, it ends the process on most truncated
/// files, and lets the length that a file states decide how much memory it takes.
final class DICOMFile {
  /// How deeply sequences may be nested; radiographs need three or four.
  private static let depthLimit = 32

  /// The path of the file.
  let path: String
  /// The size of the file, in bytes.
  let byteCount: Int
  private let descriptor: Int32
  private var window: [UInt8] = []
  private var windowOffset = 0

  /// Opens a file.
  ///
  /// - Parameter path: The path of the file.
  /// - Throws: ``ImageError`` with code `.missing` or `.unreadable`.
  init(path: String) throws(ImageError) {
    self.path = path
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    let isMissing = descriptor < 0 && errno == ENOENT
    var status = stat()
    let isOpen = unsafe descriptor >= 0 && fstat(descriptor, &status) == 0
    byteCount = Int(status.st_size)
    guard isOpen, status.st_mode & S_IFMT == S_IFREG else {
      throw ImageError(
        isMissing ? .missing : .unreadable,
        "\(path) cannot be read as a file; check the path and its permissions.")
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Reads bytes.
  ///
  /// - Parameters:
  ///   - offset: Where in the file they begin.
  ///   - count: How many.
  /// - Returns: The bytes.
  /// - Throws: ``ImageError`` with code `.truncated` if the file ends before, `.unreadable` if it
  ///   cannot be read.
  func bytes(at offset: Int, count: Int) throws(ImageError) -> ArraySlice<UInt8> {
    guard offset + count <= byteCount else {
      throw ImageError(
        .truncated, "\(path) ends in the middle of its header; download or copy it again.")
    }
    if offset < windowOffset || offset + count > windowOffset + window.count {
      try loadWindow(at: offset, count: max(count, 1 << 13))
    }
    let start = offset - windowOffset
    guard start + count <= window.count else {
      throw ImageError(.unreadable, "\(path) became shorter while it was read.")
    }
    return window[start..<(start + count)]
  }

  private func loadWindow(at offset: Int, count: Int) throws(ImageError) {
    windowOffset = offset
    var failed = false
    window = unsafe [UInt8](
      unsafeUninitializedCapacity: min(count, byteCount - offset)
    ) { buffer, initializedCount in
      while initializedCount < buffer.count {
        let received = unsafe pread(
          descriptor, buffer.baseAddress?.advanced(by: initializedCount),
          buffer.count - initializedCount, offset + initializedCount)
        if received < 0, errno == EINTR { continue }
        failed = received < 0
        guard received > 0 else { break }
        initializedCount += received
      }
    }
    if failed { throw ImageError(.unreadable, "\(path) cannot be read; check its medium.") }
  }

  /// Reads which element is at a place.
  ///
  /// - Parameters:
  ///   - offset: Where in the file the element begins.
  ///   - encoding: How it is laid out.
  /// - Returns: The group in the upper 16 bits, the element in the lower 16.
  /// - Throws: ``ImageError`` with code `.truncated`.
  func tag(at offset: Int, _ encoding: DICOMEncoding) throws(ImageError) -> UInt32 {
    let bytes = try bytes(at: offset, count: 4)
    return UInt32(encoding.number16(bytes)) << 16
      | UInt32(encoding.number16(bytes[(bytes.startIndex + 2)...]))
  }

  /// Reads the beginning of the element at a place.
  ///
  /// - Parameters:
  ///   - offset: Where in the file the element begins.
  ///   - encoding: How it is laid out.
  /// - Returns: The element; its value lies inside the file.
  /// - Throws: ``ImageError`` with code `.truncated` or `.malformed`.
  func element(at offset: Int, _ encoding: DICOMEncoding) throws(ImageError) -> DICOMElement {
    let tag = try tag(at: offset, encoding)
    let head = try bytes(at: offset, count: 8)
    let start = head.startIndex
    var representation = ""
    var length = encoding.number32(head[(start + 4)...])
    var valueOffset = offset + 8
    // Items and delimiters name no type.
    if encoding.isExplicit, tag >> 16 != 0xFFFE {
      let letters = head[(start + 4)..<(start + 6)]
      guard letters.allSatisfy({ (0x41...0x5A).contains($0) }) else {
        throw ImageError(
          .malformed, "\(path) is damaged at byte \(offset): no element can begin there.")
      }
      representation = String(decoding: letters, as: UTF8.self)
      if Self.longRepresentations.contains(representation) {
        length = encoding.number32(try bytes(at: offset + 8, count: 4))
        valueOffset = offset + 12
      } else {
        length = UInt32(encoding.number16(head[(start + 6)...]))
      }
    }
    let element = DICOMElement(
      tag: tag, representation: representation, length: length, valueOffset: valueOffset)
    guard length == DICOMElement.undefinedLength || valueOffset + Int(length) <= byteCount else {
      throw ImageError(
        .truncated,
        "\(path) ends in the middle of its element \(element.name); download or copy it again.")
    }
    return element
  }

  /// The types whose length takes 32 bits even where the type is named.
  private static let longRepresentations: Set<String> = [
    "OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV",
  ]

  /// Finds the end of an element.
  ///
  /// - Parameters:
  ///   - element: The element.
  ///   - encoding: How the data set is laid out.
  ///   - depth: How deeply the element is nested.
  /// - Returns: The place behind the element.
  /// - Throws: ``ImageError`` with code `.truncated` or `.malformed`.
  func end(
    of element: DICOMElement, _ encoding: DICOMEncoding, depth: Int = 0
  ) throws(ImageError) -> Int {
    guard element.length == DICOMElement.undefinedLength else {
      return element.valueOffset + Int(element.length)
    }
    guard depth < Self.depthLimit else {
      throw ImageError(.malformed, "\(path): its sequences are nested too deeply.")
    }
    // A sequence of items, or an item of elements; what is inside of type UN names no types.
    let isItem = element.tag == DICOMElement.item
    let inner = element.representation == "UN" ? .implicitLittleEndian : encoding
    var offset = element.valueOffset
    while true {
      let next = try self.element(at: offset, inner)
      switch next.tag {
      case DICOMElement.itemEnd where isItem, DICOMElement.sequenceEnd where !isItem:
        return next.valueOffset
      case DICOMElement.item where isItem, DICOMElement.itemEnd, DICOMElement.sequenceEnd:
        throw ImageError(.malformed, "\(path): its sequences do not match at byte \(offset).")
      default:
        guard isItem || next.tag == DICOMElement.item else {
          throw ImageError(.malformed, "\(path): its sequences do not match at byte \(offset).")
        }
        offset = try end(of: next, inner, depth: depth + 1)
      }
    }
  }
}
