// SPDX-License-Identifier: Apache-2.0
public import CXRFiles
internal import Foundation

extension StoredTensor {
  /// Opens a NumPy file of any rank as a tensor that is named after the file.
  ///
  ///     try StoredTensor(numPyFile: "inception.npy").shape  // [5000, 2048]
  ///
  /// - Parameter path: The path of the file.
  /// - Throws: `FileError` with code `.missing` or `.unreadable`; `.malformed` for what is no NumPy
  ///   file, or one whose elements or order are not read here; `.truncated`.
  /// - Complexity: O(1); values are not read.
  public init(numPyFile path: String) throws(FileError) {
    try self.init(mappingNumPyFile: MappedFile(path: path), path: path)
  }

  init(mappingNumPyFile file: MappedFile, path: String) throws(FileError) {
    let (header, offset) = try NPYHeader.read(from: file, name: path)
    let scalarType = ScalarType(header.element)
    guard let byteCount = scalarType.byteCount(ofShape: header.shape),
      byteCount <= file.count - offset
    else {
      throw FileError(.truncated, "\(path) ends before its values; save the array again.")
    }
    self.init(
      name: URL(filePath: path).deletingPathExtension().lastPathComponent,
      scalarType: scalarType, shape: header.shape, path: path,
      bytes: .mapped(file, offset..<offset + byteCount))
  }

  /// Writes the tensor as a NumPy file, whole or not at all.
  ///
  /// - Parameter path: The path of the file; its folder must exist.
  /// - Throws: `FileError` with code `.unwritable`, also for a type that NumPy lacks.
  /// - Complexity: O(bytes).
  public func writeNumPyFile(to path: String) throws(FileError) {
    guard let element = scalarType.numPyElement else {
      throw FileError(
        .unwritable,
        "\(path): \(shown(name)) holds \(scalarType.rawValue), which NumPy lacks; write safetensors."
      )
    }
    let file = try OutputFile(path: path)
    try file.write(NPYHeader(element: element, shape: shape).bytes)
    try withBytes { bytes throws(FileError) in try file.write(bytes) }
    try file.finish()
  }
}
