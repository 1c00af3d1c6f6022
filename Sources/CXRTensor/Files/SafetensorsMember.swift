// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

/// A member of the JSON object in a safetensors header, as it is written.
enum SafetensorsMember: Decodable {
  /// The key of the texts that describe the whole file.
  static let metadataKey = "__metadata__"

  case metadata([String: String])
  case tensor(Description)

  /// What is said about a tensor.
  struct Description: Decodable {
    let dtype: String
    let shape: [Int]
    let data_offsets: [Int]

    /// Checks the description.
    ///
    /// - Parameters:
    ///   - name: The name of the tensor.
    ///   - dataStart: Where the values of all tensors begin in the file.
    ///   - fileEnd: The size of the file, in bytes.
    ///   - path: How errors name the file.
    /// - Returns: The tensor, whose values lie within the file.
    /// - Throws: `FileError` with code `.truncated` or `.malformed`.
    func entry(
      named name: String, dataStart: Int, fileEnd: Int, path: String
    ) throws(FileError) -> SafetensorsHeader.Entry {
      let place = "\(path): \(shown(name))"
      guard let scalarType = ScalarType(safetensorsName: dtype) else {
        let known = ScalarType.allCases.map(\.safetensorsName).joined(separator: ", ")
        throw FileError(
          .malformed,
          "\(place) is of type \(shown(dtype)), which cxr does not read; convert it in PyTorch to one "
            + "of \(known).")
      }
      guard data_offsets.count == 2, data_offsets[0] >= 0, data_offsets[0] <= data_offsets[1] else {
        throw FileError(
          .malformed,
          "\(place) has data_offsets that are no range of bytes; \(SafetensorsHeader.remedy)")
      }
      guard data_offsets[1] <= fileEnd - dataStart else {
        throw FileError(
          .truncated,
          "\(path) ends before \(shown(name)), which needs \(data_offsets[1]) bytes behind the header "
            + "where \(fileEnd - dataStart) are; download it again.")
      }
      guard scalarType.byteCount(ofShape: shape) == data_offsets[1] - data_offsets[0] else {
        throw FileError(
          .malformed,
          "\(place) has \(data_offsets[1] - data_offsets[0]) bytes, which are not those of \(dtype) "
            + "of shape \(shape.prefix(64)); \(SafetensorsHeader.remedy)")
      }
      return SafetensorsHeader.Entry(
        name: name, scalarType: scalarType, shape: shape,
        range: dataStart + data_offsets[0]..<dataStart + data_offsets[1])
    }
  }

  init(from decoder: any Decoder) throws {
    self =
      decoder.codingPath.last?.stringValue == Self.metadataKey
      ? .metadata(try [String: String](from: decoder))
      : .tensor(try Description(from: decoder))
  }

  /// Finds the member that could not be decoded.
  ///
  /// - Parameter error: What the decoder threw.
  /// - Returns: The name, or `nil`.
  static func name(in error: any Error) -> String? {
    switch error as? DecodingError {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .keyNotFound(_, let context), .dataCorrupted(let context):
      context.codingPath.first?.stringValue
    default: nil
    }
  }
}
