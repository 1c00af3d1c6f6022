// SPDX-License-Identifier: Apache-2.0
import CXRImage

/// A DICOM file put together element by element, in every way that writers lay them out.
struct DICOMFixture {
  /// How elements are laid out.
  enum Layout: String, CaseIterable {
    case explicitLittleEndian = "1.2.840.10008.1.2.1"
    case implicitLittleEndian = "1.2.840.10008.1.2"
    case explicitBigEndian = "1.2.840.10008.1.2.2"
  }

  /// A value before it is laid out.
  enum Value {
    case text(String, type: String)
    case words([UInt16], type: String)
    case bytes([UInt8], type: String)
    /// One item, its length stated or not.
    case sequence([UInt32: Value], hasLength: Bool)
  }

  var layout = Layout.explicitLittleEndian
  /// `nil` to leave the transfer syntax out, otherwise that of the layout or another.
  var transferSyntaxUID: String?
  var elements: [UInt32: Value]

  /// A gray image of one pixel a word; further elements can be set and removed.
  init(
    _ words: [UInt16], width: Int, height: Int, bitsStored: Int = 16, isSigned: Bool = false,
    layout: Layout = .explicitLittleEndian
  ) {
    self.layout = layout
    transferSyntaxUID = layout.rawValue
    elements = [
      0x0028_0002: .words([1], type: "US"),
      0x0028_0004: .text("MONOCHROME2", type: "CS"),
      0x0028_0010: .words([UInt16(height)], type: "US"),
      0x0028_0011: .words([UInt16(width)], type: "US"),
      0x0028_0100: .words([16], type: "US"),
      0x0028_0101: .words([UInt16(bitsStored)], type: "US"),
      0x0028_0102: .words([UInt16(bitsStored - 1)], type: "US"),
      0x0028_0103: .words([isSigned ? 1 : 0], type: "US"),
      0x7FE0_0010: .words(words, type: "OW"),
    ]
  }

  /// The file.
  var bytes: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 128) + Array("DICM".utf8)
    if let uid = transferSyntaxUID {
      bytes += Self.element(0x0002_0010, .text(uid, type: "UI"), .explicitLittleEndian)
    }
    for (tag, value) in elements.sorted(by: { $0.key < $1.key }) {
      bytes += Self.element(tag, value, layout)
    }
    return bytes
  }

  /// Reads the file.
  func image(limits: ImageLimits = .standard) throws -> DICOMImage {
    try DICOMImage(decoding: bytes, name: "a.dcm", limits: limits)
  }

  /// Lays out a number of 2 or 4 bytes.
  static func number(_ number: Int, _ count: Int, _ layout: Layout) -> [UInt8] {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    return layout == .explicitBigEndian ? bytes.reversed() : bytes
  }

  /// Lays out the number of an element.
  static func tag(_ tag: UInt32, _ layout: Layout) -> [UInt8] {
    number(Int(tag >> 16), 2, layout) + number(Int(tag & 0xFFFF), 2, layout)
  }

  private static func element(_ tag: UInt32, _ value: Value, _ layout: Layout) -> [UInt8] {
    let content: [UInt8]
    var length: Int?
    let type: String
    switch value {
    case .text(let text, let name):
      content = Array(text.utf8) + (text.utf8.count.isMultiple(of: 2) ? [] : [0x20])
      type = name
    case .words(let words, let name):
      content = words.flatMap { number(Int($0), 2, layout) }
      type = name
    case .bytes(let bytes, let name):
      content = bytes
      type = name
    case .sequence(let elements, let hasLength):
      let item = elements.sorted { $0.key < $1.key }.flatMap { element($0.key, $0.value, layout) }
      let start = Self.tag(0xFFFE_E000, layout)
      let end = Self.tag(0xFFFE_E00D, layout) + number(0, 4, layout)
      let sequenceEnd = Self.tag(0xFFFE_E0DD, layout) + number(0, 4, layout)
      content =
        hasLength
        ? start + number(item.count, 4, layout) + item
        : start + number(0xFFFF_FFFF, 4, layout) + item + end + sequenceEnd
      length = hasLength ? nil : 0xFFFF_FFFF
      type = "SQ"
    }
    let count = length ?? content.count
    let head = Self.tag(tag, layout)
    if layout == .implicitLittleEndian { return head + number(count, 4, layout) + content }
    let isLong = ["OB", "OW", "SQ", "UN", "UT"].contains(type)
    let size = isLong ? [0, 0] + number(count, 4, layout) : number(count, 2, layout)
    return head + Array(type.utf8) + size + content
  }
}
