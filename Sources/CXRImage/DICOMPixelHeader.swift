// SPDX-License-Identifier: Apache-2.0

/// What a DICOM header says about its pixels, checked.
struct DICOMPixelHeader {
  /// The elements that matter, by tag.
  enum Element: UInt32, CaseIterable {
    case transferSyntaxUID = 0x0002_0010
    case samplesPerPixel = 0x0028_0002
    case photometricInterpretation = 0x0028_0004
    case numberOfFrames = 0x0028_0008
    case rows = 0x0028_0010
    case columns = 0x0028_0011
    case bitsAllocated = 0x0028_0100
    case bitsStored = 0x0028_0101
    case highBit = 0x0028_0102
    case pixelRepresentation = 0x0028_0103
    case windowCenter = 0x0028_1050
    case windowWidth = 0x0028_1051
    case rescaleIntercept = 0x0028_1052
    case rescaleSlope = 0x0028_1053
    case voiLUTFunction = 0x0028_1056
  }

  let transferSyntaxUID: String?
  let width: Int
  let height: Int
  let bitsAllocated: Int
  let bitsStored: Int
  let highBit: Int
  let isSigned: Bool
  let photometric: DICOMImage.Photometric
  let rescaleSlope: Double
  let rescaleIntercept: Double
  let window: DICOMWindow?
  var modalityTable: DICOMLookupTable?
  var displayTable: DICOMLookupTable?

  /// Checks what the header says.
  ///
  /// - Parameters:
  ///   - texts: The texts of the elements that the header has.
  ///   - file: The file, for the words of errors.
  /// - Throws: ``ImageError`` with code `.unsupported` or `.malformed`.
  init(_ texts: [Element: String], of file: ImageFile) throws(ImageError) {
    let reader = DICOMElementReader(texts: texts, file: file)
    transferSyntaxUID = reader.text(.transferSyntaxUID)
    if let uid = transferSyntaxUID, let name = DICOMTransferSyntax.unsupportedName(uid) {
      throw file.failure(.unsupported, "DICOM", "its transfer syntax is \(name)")
    }
    let frameCount = try reader.integer(.numberOfFrames) ?? 1
    guard frameCount <= 1 else {
      throw file.failure(
        .unsupported, "DICOM", "it has \(frameCount) frames; export the one that is needed")
    }
    let channelCount = try reader.integer(.samplesPerPixel) ?? 1
    let meaning = reader.text(.photometricInterpretation) ?? ""
    guard channelCount == 1, meaning.isEmpty || meaning.hasPrefix("MONOCHROME") else {
      throw file.failure(
        .unsupported, "DICOM",
        "its pixels are colours (\(DICOMElementReader.quotable(meaning))); convert it to gray")
    }
    guard let photometric = DICOMImage.Photometric(rawValue: meaning) else {
      throw file.failure(
        .malformed, "DICOM", "its PhotometricInterpretation is neither MONOCHROME1 nor 2")
    }
    self.photometric = photometric
    width = try reader.integer(.columns, in: 1...65_535)
    height = try reader.integer(.rows, in: 1...65_535)
    bitsAllocated = try reader.integer(.bitsAllocated, in: 1...64)
    guard [8, 16].contains(bitsAllocated) else {
      throw file.failure(
        .unsupported, "DICOM", "its pixels take \(bitsAllocated) bits, not 8 or 16")
    }
    bitsStored = try reader.integer(.bitsStored, in: 1...bitsAllocated, default: bitsAllocated)
    highBit = try reader.integer(
      .highBit, in: bitsStored - 1...bitsAllocated - 1, default: bitsStored - 1)
    isSigned = try reader.integer(.pixelRepresentation, in: 0...1, default: 0) == 1
    rescaleSlope = try reader.number(.rescaleSlope) ?? 1
    rescaleIntercept = try reader.number(.rescaleIntercept) ?? 0
    window = try reader.window()
  }
}
