// SPDX-License-Identifier: Apache-2.0
public import CXRFiles
internal import Foundation

extension SafetensorsFile {
  /// Writes a file, whole or not at all, with the bytes that Python's safetensors writes.
  ///
  ///     let bias = StoredTensor(name: "bias", scalarType: .float32, shape: [1], bytes: [0, 0, 0, 0])
  ///     try SafetensorsFile.write([bias], to: "model.safetensors")
  ///
  /// Wide types come first, then names ascending; the header is padded so that values lie where
  /// their types want them. The metadata says `format: pt` unless they say otherwise, because
  /// older readers refuse a file without it.
  ///
  /// - Parameters:
  ///   - tensors: The tensors; they may come from the very file that is replaced.
  ///   - metadata: Texts about the whole file.
  ///   - path: The path of the file; its folder must exist.
  /// - Throws: `FileError` with code `.unwritable`; the former file is then as it was.
  /// - Precondition: No name occurs twice, and none is `__metadata__`.
  /// - Complexity: O(bytes); memory for the header only.
  public static func write(
    _ tensors: some Sequence<StoredTensor>, metadata: [String: String] = [:], to path: String
  ) throws(FileError) {
    let sorted = StoredTensors(tensors).sorted { $0.scalarType.rank > $1.scalarType.rank }
    precondition(
      !sorted.contains { $0.name == SafetensorsMember.metadataKey }, "the name is taken")
    let texts = metadata.merging(["format": "pt"]) { given, _ in given }
      .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { "\(quoted($0.key)):\(quoted($0.value))" }
    var members = ["\(quoted(SafetensorsMember.metadataKey)):{\(texts.joined(separator: ","))}"]
    var end = 0
    for tensor in sorted {
      let start = end
      end += tensor.byteCount
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(quoted(tensor.name)):{\"dtype\":\"\(tensor.scalarType.safetensorsName)\","
          + "\"shape\":[\(shape)],\"data_offsets\":[\(start),\(end)]}")
    }
    var header = Array("{\(members.joined(separator: ","))}".utf8)
    header += repeatElement(UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    guard header.count <= SafetensorsHeader.byteLimit else {
      throw FileError(
        .unwritable,
        "\(path): \(sorted.count) tensors need a header of \(header.count) bytes, and "
          + "\(SafetensorsHeader.byteLimit) are the limit; write several files.")
    }
    let file = try OutputFile(path: path)
    try file.write((0..<8).map { UInt8(truncatingIfNeeded: header.count >> ($0 * 8)) } + header)
    for tensor in sorted {
      try tensor.withBytes { bytes throws(FileError) in try file.write(bytes) }
    }
    try file.finish()
  }

  /// A JSON string.
  private static func quoted(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    guard let json = try? encoder.encode(text) else { preconditionFailure("every text is JSON") }
    return String(decoding: json, as: UTF8.self)
  }
}

extension ScalarType {
  /// The place of a type in the reference implementation's order, by which it sorts tensors.
  fileprivate var rank: Int {
    let order: [ScalarType] = [
      .bool, .uint8, .int8, .float8E5M2, .float8E4M3, .int16, .uint16, .float16, .bfloat16,
      .int32, .uint32, .float32, .float64, .int64, .uint64,
    ]
    guard let rank = order.firstIndex(of: self) else { preconditionFailure("all types are there") }
    return rank
  }
}
