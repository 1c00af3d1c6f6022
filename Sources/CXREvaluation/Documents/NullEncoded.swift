// SPDX-License-Identifier: Apache-2.0

/// Encodes an absent value as an explicit `null`, so that readers see that it was looked for.
@propertyWrapper
public struct NullEncoded<Value: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
  /// The value, or `nil` when it is undefined.
  public var wrappedValue: Value?

  /// Wraps a value.
  ///
  /// - Parameter wrappedValue: The value, or `nil` when it is undefined.
  public init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

  /// Reads a value or `null`.
  ///
  /// - Parameter decoder: The decoder to read from.
  /// - Throws: `DecodingError` when the value is of another type.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    self.wrappedValue = container.decodeNil() ? nil : try container.decode(Value.self)
  }

  /// Writes the value or `null`.
  ///
  /// - Parameter encoder: The encoder to write to.
  /// - Throws: `EncodingError` when the value cannot be written.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    guard let wrappedValue else { return try container.encodeNil() }
    try container.encode(wrappedValue)
  }
}
