// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// The draws of one random stream, one after the other.
///
/// It is a value: copies draw the same, and what is drawn depends on the stream and on the order in
/// which the owner asks, never on anybody else.
struct PhantomDraws {
  private let stream: RandomStream
  private var position = 0

  init(seed: UInt64, purpose: String, index: Int) {
    stream = RandomStream(seed: seed, purpose: purpose, index: index)
  }

  /// A number in [0, 1).
  mutating func unit() -> Double {
    defer { position += 1 }
    return stream.unit(at: position)
  }

  /// An index in 0 ..< `count`.
  mutating func index(below count: Int) -> Int {
    defer { position += 1 }
    return stream.index(at: position, below: count)
  }

  /// A whole number of a range.
  mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + index(below: range.count)
  }

  /// Whether something with the given share happens.
  mutating func happens(_ share: Double) -> Bool { unit() < share }

  /// A standard normal deviate.
  mutating func normal() -> Double {
    position += position & 1
    defer { position += 2 }
    return stream.normal(at: position / 2)
  }

  /// One of several, each as likely as the others.
  mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[index(below: choices.count)] }

  /// One of several with weights, which need not add up to anything.
  mutating func pick<Choice>(weighted choices: [(Choice, Double)]) -> Choice {
    var left = unit() * choices.reduce(0) { $0 + $1.1 }
    for (choice, weight) in choices.dropLast() {
      left -= weight
      if left < 0 { return choice }
    }
    return choices[choices.count - 1].0
  }

  /// Lower-case hexadecimal digits.
  mutating func hexDigits(_ count: Int) -> String {
    characters(count, of: Self.hexadecimal)
  }

  /// Decimal digits.
  mutating func digits(_ count: Int) -> String { characters(count, of: Self.decimal) }

  /// Lower-case letters and digits.
  mutating func alphanumerics(_ count: Int) -> String { characters(count, of: Self.alphanumeric) }

  private mutating func characters(_ count: Int, of alphabet: [UInt8]) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    // Eight characters a word keep the long identifiers cheap.
    while bytes.count < count {
      var word = stream.word(at: position)
      position += 1
      for _ in 0..<min(8, count - bytes.count) {
        bytes.append(alphabet[Int((word & 0xFF) * UInt64(alphabet.count) / 256)])
        word >>= 8
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let decimal = Array("0123456789".utf8)
  private static let hexadecimal = Array("0123456789abcdef".utf8)
  private static let alphanumeric = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
}
