// SPDX-License-Identifier: Apache-2.0

/// The kind of file that a dataset keeps a picture in.
enum FilmFormat: Sendable {
  /// JPEG, 8 bits.
  case jpeg
  /// PNG, 8 bits of grey.
  case png
  /// PNG with four channels, 8 bits each: three times the grey, and an opaque fourth.
  case colourPNG
  /// PNG, 16 bits of grey.
  case deepPNG
  /// DICOM.
  case dicom(FilmHeader)

  /// The number of significant bits of a pixel, as the file stores it; of DICOM its Bits Stored.
  var bitDepth: Int {
    switch self {
    case .jpeg, .png, .colourPNG: 8
    case .deepPNG: 16
    case .dicom(let header): header.bitsStored
    }
  }

  /// The number of significant bits of a pixel as ``CXRImage/GrayImage`` decodes it: DICOM's window
  /// is stretched over 16, however many are stored.
  var decodedBitDepth: Int {
    if case .dicom = self { 16 } else { bitDepth }
  }

  /// The name, as the truth writes it.
  var name: String {
    switch self {
    case .jpeg: "JPEG"
    case .png: "PNG"
    case .colourPNG: "PNG RGBA"
    case .deepPNG: "PNG 16 bit"
    case .dicom: "DICOM"
    }
  }
}
