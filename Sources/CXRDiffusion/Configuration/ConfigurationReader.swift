// SPDX-License-Identifier: Apache-2.0

/// Reads a configuration of diffusers or transformers: missing keys take the defaults of their
/// classes, and unknown keys are not looked at.
struct ConfigurationReader {
  private let container: KeyedDecodingContainer<ConfigurationKey>

  init(_ decoder: any Decoder) throws {
    container = try decoder.container(keyedBy: ConfigurationKey.self)
  }

  /// The value of a key; the default where the key is missing.
  ///
  /// - Throws: `DecodingError` for another kind of value; `null` is one.
  func value<Value: Decodable>(
    _ key: ConfigurationKey, or standard: Value
  ) throws -> Value {
    guard container.contains(key) else { return standard }
    return try container.decode(Value.self, forKey: key)
  }

  /// The value of a key that may be `null` or missing.
  ///
  /// - Throws: `DecodingError` for another kind of value.
  func optional<Value: Decodable>(
    _ key: ConfigurationKey, _ type: Value.Type = Value.self
  ) throws -> Value? {
    try container.decodeIfPresent(Value.self, forKey: key)
  }

  /// A size or a count, from 1.
  ///
  /// - Throws: `DecodingError` for anything else.
  func size(
    _ key: ConfigurationKey, or standard: Int, limit: Int = ConfigurationReader.sizeLimit
  ) throws -> Int {
    try checked(key, value(key, or: standard), limit)
  }

  /// Sizes, at least one.
  ///
  /// - Throws: `DecodingError` for anything else.
  func sizes(
    _ key: ConfigurationKey, or standard: [Int], limit: Int = ConfigurationReader.sizeLimit
  ) throws -> [Int] {
    let sizes = try value(key, or: standard).map { try checked(key, $0, limit) }
    guard (1...Self.levelLimit).contains(sizes.count) else {
      throw problem("\(key.stringValue) has \(sizes.count) numbers, not 1 to \(Self.levelLimit)")
    }
    return sizes
  }

  /// One size for each level, written as a list or as one number for all.
  ///
  /// - Throws: `DecodingError` for a list of another length, and for anything else.
  func sizes(
    _ key: ConfigurationKey, or standard: Int, levels: Int,
    limit: Int = ConfigurationReader.sizeLimit
  ) throws -> [Int] {
    if !container.contains(key) || (try? container.decode(Int.self, forKey: key)) != nil {
      return Array(repeating: try size(key, or: standard, limit: limit), count: levels)
    }
    let sizes = try sizes(key, or: [], limit: limit)
    guard sizes.count == levels else {
      throw problem(
        "\(key.stringValue) has \(sizes.count) numbers for \(levels) levels of block_out_channels")
    }
    return sizes
  }

  /// Whether a key has a value other than `null`.
  func has(_ key: ConfigurationKey) -> Bool {
    container.contains(key) && (try? container.decodeNil(forKey: key)) == false
  }

  /// Refuses every key whose value is none of those that are supported; missing keys are.
  ///
  /// - Parameters:
  ///   - supported: Keys and their supported values.
  ///   - remedy: What to do instead.
  /// - Throws: `DecodingError` that names all of them.
  func require(
    _ supported: KeyValuePairs<ConfigurationKey, [ConfigurationValue]>, or remedy: String
  ) throws {
    var problems: [String] = []
    for (key, values) in supported where container.contains(key) {
      let value = try container.decode(ConfigurationValue.self, forKey: key)
      if values.contains(value) { continue }
      let others = values.map(\.description).joined(separator: " or ")
      problems.append("\(key.stringValue) is \(value), and only \(others) is supported")
    }
    guard problems.isEmpty else {
      throw problem("\(problems.joined(separator: "; ")); \(remedy)")
    }
  }

  /// An error in words of one's own.
  func problem(_ words: String) -> DecodingError {
    .dataCorrupted(.init(codingPath: container.codingPath, debugDescription: words))
  }

  private func checked(_ key: ConfigurationKey, _ size: Int, _ limit: Int) throws -> Int {
    guard (1...limit).contains(size) else {
      throw problem("\(key.stringValue) is \(size), not 1 to \(limit)")
    }
    return size
  }

  /// No network is wider; the products of three of them can still be counted.
  static let sizeLimit = 1_000_000
  /// No network is deeper: a file's slip must not fill the memory with layers.
  static let layerLimit = 128
  private static let levelLimit = 16
}
