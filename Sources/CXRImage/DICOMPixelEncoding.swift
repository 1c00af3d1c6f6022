// SPDX-License-Identifier: Apache-2.0

/// How the pixels of a DICOM file are stored when it is written.
public enum DICOMPixelEncoding: Sendable, CaseIterable {
  /// As they are, little-endian, as most of MIMIC-CXR.
  case uncompressed
  /// Compressed by JPEG 2000 without loss, as most of VinDr-CXR.
  case jpeg2000Lossless

  /// The UID of the transfer syntax.
  var transferSyntaxUID: String {
    switch self {
    case .uncompressed: DICOMTransferSyntax.explicitLittleEndian
    case .jpeg2000Lossless: DICOMTransferSyntax.jpeg2000Lossless
    }
  }
}
