// SPDX-License-Identifier: Apache-2.0
import CXRImage
import Foundation

/// The intact files that damaged ones are made from.
enum Corpus {
  private struct Fixture: Decodable {
    let name: String
    let bytes: Data
  }

  /// The files for a decoder.
  static func files(for decoder: CXRFuzz.Decoder, folder: String) throws -> [[UInt8]] {
    switch decoder {
    case .png:
      return try fixtures("images.json", in: folder) { $0.hasPrefix("PNG") } + [sample.pngBytes()]
    case .jpeg:
      return try fixtures("images.json", in: folder) { $0.hasPrefix("JPEG") }
        + [sample.jpegBytes()]
    case .dicom, .header:
      return try fixtures("dicom.json", in: folder) { _ in true } + written()
    }
  }

  /// DICOM files with window and table, and with uncompressed pixels.
  private static func written() throws -> [[UInt8]] {
    var header = DICOMHeaderWriter()
    header[.patientAge] = "061Y"
    header[.windowCenter] = "100\\50"
    header[.windowWidth] = "200\\100"
    header[.photometricInterpretation] = "MONOCHROME1"
    header[.rescaleSlope] = "0.5"
    return try DICOMPixelEncoding.allCases.map { try header.bytes(with: sample, storedAs: $0) }
  }

  private static var sample: GrayImage {
    let pixels = ContiguousArray((0..<40 * 30).map { UInt8($0 * 7 % 251) })
    return GrayImage(width: 40, height: 30, pixels: .bytes(pixels), bitDepth: 8)
  }

  private static func fixtures(
    _ name: String, in folder: String, where isIncluded: (String) -> Bool
  ) throws -> [[UInt8]] {
    let url = URL(filePath: folder).appending(path: name)
    let fixtures = try JSONDecoder().decode([Fixture].self, from: Data(contentsOf: url))
    return fixtures.filter { isIncluded($0.name) }.map { Array($0.bytes) }
  }
}
