// SPDX-License-Identifier: Apache-2.0

/// Any value of a configuration file.
enum ConfigurationValue: Hashable, Sendable {
  case null
  case truth(Bool)
  case number(Double)
  case text(String)
  case list([ConfigurationValue])
  case object([String: ConfigurationValue])
}

extension ConfigurationValue: Codable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .truth(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([ConfigurationValue].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: ConfigurationValue].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .truth(let value): try container.encode(value)
    case .number(let value):
      if let whole = Int(exactly: value) {
        try container.encode(whole)
      } else {
        try container.encode(value)
      }
    case .text(let value): try container.encode(value)
    case .list(let values): try container.encode(values)
    case .object(let values): try container.encode(values)
    }
  }
}

extension ConfigurationValue {
  /// The numbers of a list that holds nothing else.
  var numbers: [Double]? {
    guard case .list(let values) = self else { return nil }
    let numbers = values.compactMap { if case .number(let number) = $0 { number } else { nil } }
    return numbers.count == values.count ? numbers : nil
  }
}

extension ConfigurationValue: CustomStringConvertible {
  /// The value as JSON, but for what is inside an object, and at most 40 characters of a text.
  var description: String {
    switch self {
    case .null: "null"
    case .truth(let value): "\(value)"
    case .number(let value): Int(exactly: value).map { "\($0)" } ?? "\(value)"
    case .text(let value): value.count > 40 ? "\"\(value.prefix(40))…\"" : "\"\(value)\""
    case .list(let values):
      "[\(values.prefix(8).map(\.description).joined(separator: ", "))\(values.count > 8 ? ", …" : "")]"
    case .object: "{…}"
    }
  }
}

extension ConfigurationValue: ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByNilLiteral
{
  init(booleanLiteral value: Bool) { self = .truth(value) }
  init(floatLiteral value: Double) { self = .number(value) }
  init(integerLiteral value: Int) { self = .number(Double(value)) }
  init(stringLiteral value: String) { self = .text(value) }
  init(nilLiteral: ()) { self = .null }
}
