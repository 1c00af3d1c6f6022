// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRImage
import CXRTestSupport
import Foundation
import Testing

@Suite("DICOM header")
struct DICOMHeaderTests {
  static let implicit = "1.2.840.10008.1.2"
  static let explicit = "1.2.840.10008.1.2.1"
  static let jpeg2000 = "1.2.840.10008.1.2.4.90"

  /// A value for every element, of odd and of even length.
  static let values: [DICOMTag: String] = [
    .sopInstanceUID: "1.2.3", .studyDate: "20260101", .patientID: "12", .patientSex: "F",
    .patientAge: "061Y", .patientSize: "1.7", .patientWeight: "70",
    .acquisitionDeviceProcessingDescription: "CHEST, PA", .viewPosition: "PA",
    .photometricInterpretation: "MONOCHROME1", .rows: "3072", .columns: "65535",
    .pixelSpacing: "0.139\\0.139", .bitsAllocated: "16", .bitsStored: "14", .highBit: "13",
    .pixelRepresentation: "0", .windowCenter: "5.115000e+02", .windowWidth: "1024\\512",
    .rescaleIntercept: "-1", .rescaleSlope: "1",
  ]

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func bytes(_ transferSyntax: String) throws -> Data {
    var writer = DICOMHeaderWriter()
    for (tag, value) in Self.values { writer[tag] = value }
    writer[.transferSyntaxUID] = transferSyntax
    return Data(try writer.bytes())
  }

  private func header(_ data: Data) throws -> DICOMHeader {
    try DICOMHeader(path: folder.write(data, to: "a.dicom"))
  }

  /// Where the data set begins, after the preamble and the meta information.
  private func dataSetOffset(_ data: Data) -> Int { 144 + Int(data[140]) + Int(data[141]) << 8 }

  @Test(
    "Reads what GDCM wrote, whatever the transfer syntax",
    arguments: [
      implicit, explicit, jpeg2000, "1.2.840.10008.1.2.2",
    ])
  func roundTrip(_ transferSyntax: String) throws {
    let header = try header(bytes(transferSyntax))
    for tag in DICOMTag.allCases where tag != .transferSyntaxUID {
      #expect(header[tag] == Self.values[tag], "\(tag)")
    }
    #expect(header[.transferSyntaxUID] == transferSyntax)
  }

  @Test("Tells what is absent from what is empty, and trims")
  func absent() throws {
    var writer = DICOMHeaderWriter()
    writer[.patientAge] = ""
    writer[.patientSex] = " O "
    let header = try header(Data(writer.bytes()))
    #expect(header[.patientAge] == "")
    #expect(header[.patientSex] == "O")
    #expect(header[.rows] == nil)
  }

  @Test("Does without preamble and without meta information", arguments: [implicit, explicit])
  func noMetaInformation(_ transferSyntax: String) throws {
    let whole = try bytes(transferSyntax)
    #expect(try header(whole.dropFirst(132))[.patientAge] == "061Y")
    let header = try header(whole.dropFirst(dataSetOffset(whole)))
    #expect(header[.patientAge] == "061Y")
    #expect(header[.rows] == "3072")
    #expect(header[.transferSyntaxUID] == nil)
  }

  @Test("Does without a transfer syntax", arguments: [implicit, explicit])
  func noTransferSyntax(_ transferSyntax: String) throws {
    var data = try bytes(transferSyntax)
    // The element becomes a private one of the same length.
    let element = try #require(data.range(of: Data([2, 0, 0x10, 0, 0x55, 0x49])))
    data[element.lowerBound + 2] = 0x11
    let header = try header(data)
    #expect(header[.transferSyntaxUID] == nil)
    #expect(header[.rows] == "3072")
    #expect(header[.patientAge] == "061Y")
  }

  @Test("Passes over sequences, of stated length or not, and reads nothing inside them")
  func sequences() throws {
    let whole = try bytes(Self.explicit)
    let sex: [UInt8] = [0x10, 0, 0x40, 0, 0x43, 0x53, 2, 0, 0x4D, 0x20]
    let tag: [UInt8] = [8, 0, 0x40, 0x11]
    let item: [UInt8] = [0xFE, 0xFF, 0, 0xE0]
    let itemEnd: [UInt8] = [0xFE, 0xFF, 0x0D, 0xE0, 0, 0, 0, 0]
    let sequenceEnd: [UInt8] = [0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0]
    let undefined: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF]
    let implicitSex: [UInt8] = [0x10, 0, 0x40, 0, 2, 0, 0, 0, 0x4D, 0x20]
    let sequences: [[UInt8]] = [
      tag + [0x53, 0x51, 0, 0, 18, 0, 0, 0] + item + [10, 0, 0, 0] + sex,
      tag + [0x53, 0x51, 0, 0] + undefined + item + [10, 0, 0, 0] + sex + sequenceEnd,
      tag + [0x53, 0x51, 0, 0] + undefined + item + undefined + sex + itemEnd + sequenceEnd,
      tag + [0x55, 0x4E, 0, 0] + undefined + item + undefined + implicitSex + itemEnd + sequenceEnd,
    ]
    let identity = try #require(whole.range(of: Data([8, 0, 0x20, 0, 0x44, 0x41])))
    for sequence in sequences {
      var data = whole
      data.insert(contentsOf: sequence, at: identity.lowerBound)
      let header = try header(data)
      #expect(header[.patientSex] == "F")
      #expect(header[.rescaleSlope] == "1")
    }
    var broken = whole
    broken.insert(contentsOf: sequences[2].dropLast(8), at: identity.lowerBound)
    #expect(throws: ImageError.self) { try header(broken) }
  }

  @Test("Does not read pixels, nor care whether they are there")
  func truncatedPixels() throws {
    let pixels: [UInt8] = [0xE0, 0x7F, 0x10, 0, 0x4F, 0x57, 0, 0, 0, 0, 0, 1, 1, 2, 3]
    #expect(try header(bytes(Self.explicit) + Data(pixels))[.rows] == "3072")
  }

  @Test("Never reads past a truncation, wherever it is", arguments: [implicit, explicit])
  func truncated(_ transferSyntax: String) throws {
    let whole = try bytes(transferSyntax)
    var refusedCount = 0
    for count in 0..<whole.count {
      let path = try folder.write(whole.prefix(count), to: "part.dicom")
      do throws(ImageError) {
        let header = try DICOMHeader(path: path)
        // The end lies between two elements: what was read must be right.
        for tag in DICOMTag.allCases where tag != .transferSyntaxUID {
          #expect(header[tag] == nil || header[tag] == Self.values[tag])
        }
      } catch {
        refusedCount += 1
        #expect([.truncated, .malformed].contains(error.code))
        #expect(error.message.contains("part.dicom"))
      }
    }
    #expect(refusedCount > whole.count * 9 / 10)
  }

  @Test("Survives damage of any kind", arguments: 0..<20)
  func damaged(_ seed: UInt64) throws {
    let whole = try bytes([Self.implicit, Self.explicit][Int(seed % 2)])
    for round in 0..<100 {
      let stream = RandomStream(seed: seed, index: round)
      var data = whole
      for damage in 0..<3 {
        let index = 128 + stream.index(at: 2 * damage, below: data.count - 128)
        data[index] = UInt8(stream.index(at: 2 * damage + 1, below: 256))
      }
      let path = try folder.write(data, to: "damaged.dicom")
      do throws(ImageError) { _ = try DICOMHeader(path: path) } catch {
        #expect(error.message.contains("damaged.dicom"))
      }
    }
  }

  @Test(
    "Refuses what is no DICOM file, naming it", arguments: ["", "This is text.\n", "Image Index"])
  func notDICOM(_ text: String) throws {
    let path = try folder.write(text, to: "text.dicom")
    let error = #expect(throws: ImageError.self) { try DICOMHeader(path: path) }
    #expect(error?.code == .malformed)
    #expect(error?.message.contains("text.dicom is not a DICOM file") == true)
    let missing = #expect(throws: ImageError.self) { try DICOMHeader(path: folder.path("none")) }
    #expect(missing?.code == .missing)
    let directory = #expect(throws: ImageError.self) { try DICOMHeader(path: folder.url.path) }
    #expect(directory?.code == .unreadable)
  }

  @Test("Refuses a data set that is compressed as a whole")
  func deflated() throws {
    var data = try bytes("1.2.840.10008.1.2.1")
    let uid = try #require(data.range(of: Data("1.2.840.10008.1.2.1\0".utf8)))
    data.replaceSubrange(uid, with: Data("1.2.840.10008.1.2.1.99".utf8))
    data[uid.lowerBound - 2] = 22
    let error = #expect(throws: ImageError.self) { try header(data) }
    #expect(error?.code == .unsupported)
  }
}
