// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// The one way in which documents become JSON.
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
}
