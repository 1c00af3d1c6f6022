// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// JSON with one spelling for each document.
public enum JSONDocument {
  /// Encodes a document: sorted keys, indented, slashes as they are, a newline at the end.
  ///
  /// Equal documents give equal bytes.
  ///
  ///     try FileHandle.standardOutput.write(contentsOf: JSONDocument.encode(evaluation))
  ///
  /// - Parameter document: The document.
  /// - Returns: The JSON text in UTF-8.
  /// - Throws: `EncodingError` when a number is not finite.
  public static func encode(_ document: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    var data = try encoder.encode(document)
    data.append(0x0A)
    return data
  }

  /// Writes a document to a file, whole or not at all.
  ///
  /// - Parameters:
  ///   - document: The document.
  ///   - path: The path of the file; its folder must exist.
  /// - Throws: ``FileError`` with code `.unwritable`; `EncodingError` when a number is not finite.
  public static func write(_ document: some Encodable, to path: String) throws {
    try AtomicFile.write(Array(encode(document)), to: path)
  }

  /// Reads a document from a file.
  ///
  /// - Parameters:
  ///   - type: What the document is.
  ///   - path: The path of the file.
  /// - Returns: The document.
  /// - Throws: ``FileError`` with code `.missing` or `.unreadable`, and `.malformed` with the place
  ///   of what is wrong.
  public static func read<Document: Decodable>(
    _ type: Document.Type = Document.self, from path: String
  ) throws(FileError) -> Document {
    let data = Data(try fileBytes(at: path, upTo: .max))
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch {
      throw FileError(
        .malformed, "\(path) is not as expected: \(Self.words(for: error)).", cause: error)
    }
  }

  /// What is wrong, and where.
  private static func words(for error: any Error) -> String {
    guard let error = error as? DecodingError else { return "it cannot be read" }
    let (context, words): (DecodingError.Context, String) =
      switch error {
      case .keyNotFound(let key, let context): (context, "\(key.stringValue) is missing")
      case .valueNotFound(_, let context): (context, "a value is missing")
      case .typeMismatch(_, let context): (context, "a value of another kind is needed")
      case .dataCorrupted(let context): (context, context.debugDescription)
      @unknown default: (.init(codingPath: [], debugDescription: ""), "it cannot be read")
      }
    let place = context.codingPath.map(\.stringValue).joined(separator: ".")
    return place.isEmpty ? words : "\(words) at \(place)"
  }
}
