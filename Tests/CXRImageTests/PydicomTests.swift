// SPDX-License-Identifier: Apache-2.0
import CXRImage
import Crypto
import Foundation
import Testing

/// Compares with what pydicom reads from its own test files, if they are at hand: see
/// `Scripts/golden/check_dicom_pixels.py`.
@Suite(
  "pydicom's files",
  .enabled(
    if: ProcessInfo.processInfo.environment["CXR_PYDICOM_FILES"] != nil,
    "set CXR_PYDICOM_FILES to the folder that Scripts/golden/check_dicom_pixels.py has filled"))
struct PydicomTests {
  struct Expectation: Decodable, Sendable, CustomTestStringConvertible {
    let path: String
    let name: String
    /// A word of the error, if cxr must refuse the file; empty if any error will do.
    let refusal: String?
    /// Why pydicom does not read the file, if it does not.
    let unreadable: String?
    let width: Int?
    let height: Int?
    let sha256: String?
    let sampleStep: Int?
    let sample: [Double]?
    /// Stored values of lossy JPEG.
    let storedSample: [Int]?

    var testDescription: String { name }

    static var all: [Expectation] {
      get throws {
        guard let folder = ProcessInfo.processInfo.environment["CXR_PYDICOM_FILES"] else {
          return []
        }
        let url = URL(filePath: folder).appending(path: "expected.json")
        return try JSONDecoder().decode([Expectation].self, from: Data(contentsOf: url))
      }
    }
  }

  @Test("There are files of every kind")
  func kinds() throws {
    let all = try Expectation.all
    #expect(all.count { $0.sha256 != nil } >= 25)
    #expect(all.count { $0.refusal != nil } >= 50)
  }

  @Test("Takes the values that pydicom takes", arguments: try Expectation.all)
  func values(_ expected: Expectation) throws {
    guard expected.sha256 != nil || expected.storedSample != nil else { return }
    let image = try DICOMImage(contentsOf: expected.path)
    #expect(image.width == expected.width && image.height == expected.height)
    if let sample = expected.storedSample, let step = expected.sampleStep {
      let values = image.storedValues
      #expect(sample.indices.allSatisfy { abs(Int(values[$0 * step]) - sample[$0]) <= 1 })
    }
    guard let sha256 = expected.sha256 else { return }
    let bytes = image.storedValues.flatMap { value in
      (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * Int32($0))) }
    }
    let digest = SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
    #expect(digest == sha256)
    guard let sample = expected.sample, let step = expected.sampleStep else { return }
    let shown = image.grayImage().numbers
    for (index, level) in sample.enumerated() {
      // pydicom's level is not rounded, and was written with two decimals.
      #expect(abs(Double(shown[index * step]) - level) <= 0.51, "pixel \(index * step)")
    }
  }

  @Test("Refuses the others by name", arguments: try Expectation.all)
  func refusals(_ expected: Expectation) {
    guard let refusal = expected.refusal else { return }
    let error = #expect(throws: ImageError.self) { try DICOMImage(contentsOf: expected.path) }
    #expect(refusal.isEmpty || error?.message.contains(refusal) == true, "\(error?.message ?? "")")
    #expect(error?.message.contains(expected.path) == true)
  }
}
