// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

extension Decoder {
  /// Refuses a key that would change nothing, such as one that is misspelled.
  ///
  /// - Parameter known: The keys that mean something.
  /// - Throws: `DecodingError` that names the nearest known key.
  func refuseKeys(otherThan known: [String]) throws {
    let found = try container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
    for key in found.sorted() where !known.contains(key) {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: codingPath,
          debugDescription: "there is no key '\(key)'; "
            + (known.nearest(to: key).map { "did you mean '\($0)'?" }
              ?? "the keys are \(known.joined(separator: ", "))")))
    }
  }
}

/// A key of any name.
private struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { return nil }
}
