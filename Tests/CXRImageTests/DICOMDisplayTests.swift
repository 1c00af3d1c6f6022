// SPDX-License-Identifier: Apache-2.0
import CXRImage
import CXRTestSupport
import Testing

@Suite("DICOM display")
struct DICOMDisplayTests {
  /// Shows values through elements that are added to the header.
  private func shown(
    _ words: [UInt16], bitsStored: Int = 16, isSigned: Bool = false,
    layout: DICOMFixture.Layout = .explicitLittleEndian, _ elements: [UInt32: DICOMFixture.Value]
  ) throws -> [Int] {
    var fixture = DICOMFixture(
      words, width: words.count, height: 1, bitsStored: bitsStored, isSigned: isSigned,
      layout: layout)
    fixture.elements.merge(elements) { $1 }
    let image = try fixture.image().grayImage()
    #expect(image.bitDepth == 16)
    return image.numbers
  }

  private func window(_ center: String, _ width: String) -> [UInt32: DICOMFixture.Value] {
    [0x0028_1050: .text(center, type: "DS"), 0x0028_1051: .text(width, type: "DS")]
  }

  @Test("Without window the lowest value is black and the highest white")
  func stretch() throws {
    #expect(try shown([100, 150, 200], [:]) == [0, 32768, 65535])
    #expect(try shown([0xFFFF, 0, 1], isSigned: true, [:]) == [0, 32768, 65535])
    #expect(try shown([7, 7], [:]) == [0, 0])
    // A falling slope turns the picture; so does MONOCHROME1, and both together do not.
    let falling: [UInt32: DICOMFixture.Value] = [0x0028_1053: .text("-2", type: "DS")]
    #expect(try shown([100, 150, 200], falling) == [65535, 32768, 0])
    let turned = falling.merging([0x0028_0004: .text("MONOCHROME1", type: "CS")]) { $1 }
    #expect(try shown([100, 150, 200], turned) == [0, 32767, 65535])
    #expect(try shown([7], [0x0028_0004: .text("MONOCHROME1", type: "CS")]) == [65535])
  }

  @Test("Follows the standard's formula for windows, after slope and intercept")
  func linearWindow() throws {
    // PS3.3 C.11.2.1.2.1: centre 2048 and width 4096 map 0...4095 onto the whole range.
    #expect(
      try shown([0, 1, 2047, 2048, 4095, 5000], window("2048", "4096"))
        == [0, 16, 32759, 32776, 65535, 65535])
    // Centre 0 and width 100: −50 is black, 49 is white.
    let rescaled = window("0", "100").merging([
      0x0028_1052: .text("-50", type: "DS"), 0x0028_1053: .text("0.5", type: "DS"),
    ]) { $1 }
    #expect(try shown([0, 100, 198, 400], rescaled) == [0, 33098, 65535, 65535])
    // Width 1 is a step: values below the centre minus a half are black, others white.
    #expect(try shown([9, 10, 11], window("10", "1")) == [0, 65535, 65535])
    // Of several windows the first counts.
    #expect(
      try shown([0, 4095], window("2048\\9", "4096\\2"))
        == shown([0, 4095], window("2048", "4096")))
  }

  @Test("Knows the other two shapes of windows")
  func otherWindows() throws {
    func shape(_ name: String) -> [UInt32: DICOMFixture.Value] {
      window("100", "50").merging([0x0028_1056: .text(name, type: "CS")]) { $1 }
    }
    #expect(try shown([75, 100, 125], shape("LINEAR_EXACT")) == [0, 32768, 65535])
    // 1 / (1 + e^2) and 1 / (1 + e^−2) of the range.
    #expect(try shown([75, 100, 125], shape("SIGMOID")) == [7812, 32768, 57723])
    let error = #expect(throws: ImageError.self) { try shown([1], shape("SPIRAL")) }
    #expect(error?.code == .malformed)
  }

  @Test(
    "Refuses windows that show nothing", arguments: [("10", "0"), ("10", "-5"), ("10", "wide")])
  func brokenWindows(_ center: String, _ width: String) {
    let error = #expect(throws: ImageError.self) { try shown([1], window(center, width)) }
    #expect(error?.code == .malformed)
    #expect(error?.message.contains("WindowWidth") == true)
  }

  private func table(
    _ descriptor: [UInt16], _ entries: [UInt16], hasLength: Bool = true
  ) -> DICOMFixture.Value {
    .sequence(
      [
        0x0028_3002: .words(descriptor, type: "US"), 0x0028_3003: .text("SHARP", type: "LO"),
        0x0028_3006: .words(entries, type: "OW"),
      ], hasLength: hasLength)
  }

  @Test(
    "A display table takes the place of the window", arguments: DICOMFixture.Layout.allCases,
    [true, false])
  func displayTable(_ layout: DICOMFixture.Layout, _ hasLength: Bool) throws {
    var elements = window("2048", "4096")
    elements[0x0028_3010] = table([4, 10, 12], [4095, 1000, 1, 0], hasLength: hasLength)
    #expect(
      try shown([0, 10, 11, 12, 13, 900], layout: layout, elements)
        == [65535, 65535, 16004, 16, 0, 0])
  }

  @Test("A modality table takes the place of slope and intercept")
  func modalityTable() throws {
    let elements: [UInt32: DICOMFixture.Value] = [
      0x0028_3000: table([3, 0xFFFF, 16], [10, 20, 50]), 0x0028_1053: .text("9", type: "DS"),
    ]
    // The first entry stands for −1.
    #expect(try shown([0xFFFF, 0, 1], isSigned: true, elements) == [0, 16384, 65535])
  }

  @Test(
    "Refuses tables whose parts do not go together",
    arguments: [
      [3, 0, 16], [3, 0], [2, 0, 20], [0, 0, 16], [],
    ] as [[UInt16]])
  func brokenTables(_ descriptor: [UInt16]) throws {
    let elements = [UInt32(0x0028_3010): table(descriptor, [1, 2])]
    if descriptor.isEmpty {
      // No table at all: as if it were not there.
      #expect(try shown([5, 6], elements) == [0, 65535])
    } else {
      let error = #expect(throws: ImageError.self) { try shown([5, 6], elements) }
      #expect(error?.code == .malformed)
      #expect(error?.message.contains("lookup table") == true)
    }
  }
}
