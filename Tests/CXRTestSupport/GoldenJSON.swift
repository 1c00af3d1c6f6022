// SPDX-License-Identifier: Apache-2.0

/// A value of a golden JSON document; a missing key throws, so that no comparison passes by absence.
///
///     try Golden.json("golden_exact.json")["pred_n200"]["a_Edema"]["auroc"].number
public enum GoldenJSON: Decodable, Sendable {
  /// Nothing.
  case null
  /// A truth value.
  case boolean(Bool)
  /// A number.
  case number(Double)
  /// A string; `"NaN"`, `"Infinity"` and `"-Infinity"` also count as numbers.
  case text(String)
  /// A list of values.
  case list([GoldenJSON])
  /// Values by key.
  case object([String: GoldenJSON])

  /// What a document lacks or holds in another form than expected.
  public struct Mismatch: Error, CustomStringConvertible {
    /// One line: what was expected.
    public let description: String

    /// Creates the error.
    ///
    /// - Parameter description: What was expected.
    public init(description: String) { self.description = description }
  }

  /// Decodes any value.
  ///
  /// - Parameter decoder: The decoder at the value.
  /// - Throws: `DecodingError` if the value is none of JSON's kinds.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([GoldenJSON].self) {
      self = .list(value)
    } else if let value = try? container.decode([String: GoldenJSON].self) {
      self = .object(value)
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else {
      guard container.decodeNil() else { throw Mismatch(description: "a JSON value") }
      self = .null
    }
  }

  /// The value under a key.
  ///
  /// - Parameter key: A key of this object.
  public subscript(key: String) -> GoldenJSON {
    get throws {
      guard let value = try object[key] else { throw Mismatch(description: "the key \(key)") }
      return value
    }
  }

  /// The value at a position.
  ///
  /// - Parameter index: A position of this list, from 0.
  public subscript(index: Int) -> GoldenJSON {
    get throws {
      let values = try list
      guard values.indices.contains(index) else {
        throw Mismatch(description: "at least \(index + 1) values, not \(values.count)")
      }
      return values[index]
    }
  }

  /// Whether this is `null`.
  public var isNull: Bool { if case .null = self { true } else { false } }

  /// The values by key.
  public var object: [String: GoldenJSON] {
    get throws {
      guard case .object(let values) = self else { throw Mismatch(description: "an object") }
      return values
    }
  }

  /// The keys in ascending order.
  public var keys: [String] { get throws { try object.keys.sorted() } }

  /// The values of the list.
  public var list: [GoldenJSON] {
    get throws {
      guard case .list(let values) = self else { throw Mismatch(description: "a list") }
      return values
    }
  }

  /// The number, where `"NaN"`, `"Infinity"` and `"-Infinity"` are numbers too.
  public var number: Double {
    get throws {
      switch self {
      case .number(let value): return value
      case .text("NaN"): return .nan
      case .text("Infinity"): return .infinity
      case .text("-Infinity"): return -.infinity
      default: throw Mismatch(description: "a number")
      }
    }
  }

  /// The numbers of the list.
  public var numbers: [Double] { get throws { try list.map { try $0.number } } }

  /// The whole number.
  public var integer: Int {
    get throws {
      guard let value = Int(exactly: try number) else {
        throw Mismatch(description: "a whole number")
      }
      return value
    }
  }

  /// The whole numbers of the list.
  public var integers: [Int] { get throws { try list.map { try $0.integer } } }

  /// The string.
  public var text: String {
    get throws {
      guard case .text(let value) = self else { throw Mismatch(description: "a string") }
      return value
    }
  }

  /// The truth value.
  public var boolean: Bool {
    get throws {
      guard case .boolean(let value) = self else { throw Mismatch(description: "a truth value") }
      return value
    }
  }
}
