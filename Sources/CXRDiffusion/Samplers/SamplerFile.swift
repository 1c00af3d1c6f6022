// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import Foundation

/// The values of a `scheduler_config.json`, read one by one.
struct SamplerFile {
  /// The path of the file, for messages.
  let path: String
  private let values: [String: ConfigurationValue]

  /// Reads a file.
  ///
  /// - Throws: ``SamplerError`` with code `.unreadable` or `.malformed`.
  init(path: String) throws(SamplerError) {
    let bytes: [UInt8]
    do {
      bytes = Array(try Data(contentsOf: URL(filePath: path)))
    } catch {
      throw SamplerError(
        .unreadable, "\(path) cannot be read; give the path of a scheduler_config.json.",
        cause: error)
    }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    do {
      values = try decoder.decode(
        [String: ConfigurationValue].self, from: Data(Self.quotingNonNumbers(bytes)))
    } catch {
      throw SamplerError(
        .malformed, "\(path) is not an object of JSON; copy the file again.", cause: error)
    }
    self.path = path
  }

  /// A number; the default if the file has none.
  func number(
    _ key: String, _ standard: Double, in range: ClosedRange<Double>
  ) throws(SamplerError) -> Double {
    switch values[key] {
    case nil, .null: return standard
    case .number(let value) where range.contains(value): return value
    case let found?:
      throw wrong(key, found, "a number from \(range.lowerBound) to \(range.upperBound)")
    }
  }

  /// A whole number; the default if the file has none.
  func integer(
    _ key: String, _ standard: Int, in range: ClosedRange<Int>
  ) throws(SamplerError) -> Int {
    let numbers = Double(range.lowerBound)...Double(range.upperBound)
    let value = try number(key, Double(standard), in: numbers)
    guard let whole = Int(exactly: value) else {
      throw wrong(key, .number(value), "a whole number")
    }
    return whole
  }

  /// A truth value; the default if the file has none.
  func truth(_ key: String, _ standard: Bool) throws(SamplerError) -> Bool {
    switch values[key] {
    case nil, .null: return standard
    case .truth(let value): return value
    case let found?: throw wrong(key, found, "true or false")
    }
  }

  /// A word of a vocabulary; the default if the file has none.
  func word<Word: CaseIterable & RawRepresentable<String>>(
    _ key: String, _ standard: Word
  ) throws(SamplerError) -> Word {
    switch values[key] {
    case nil, .null: return standard
    case .text(let word):
      if let word = Word(rawValue: word) { return word }
      throw unknown(key, word, known: Word.allCases.map(\.rawValue))
    case let found?:
      throw wrong(key, found, Word.allCases.map(\.rawValue).joined(separator: ", "))
    }
  }

  /// A list of numbers; `nil` if the file has none.
  func numbers(_ key: String) throws(SamplerError) -> [Double]? {
    switch values[key] {
    case nil, .null: return nil
    case let found?:
      guard let numbers = found.numbers else { throw wrong(key, found, "a list of numbers") }
      return numbers
    }
  }

  /// A word as it stands; `nil` if the file has none.
  func text(_ key: String) -> String? {
    if case .text(let word)? = values[key] { word } else { nil }
  }

  /// Refuses a value that asks for what is not known here.
  func require<Known: Equatable>(
    _ value: Known, _ known: Known, at key: String
  ) throws(SamplerError) {
    guard value != known else { return }
    let word = values[key] == nil ? "absent, and so \(value)" : "\(value)"
    throw unknown(key, word, known: ["\(known)"])
  }

  /// Refuses any value but null.
  func requireNone(_ key: String) throws(SamplerError) {
    switch values[key] {
    case nil, .null: return
    case let found?: throw unknown(key, found.description, known: ["null"])
    }
  }

  /// The error of a word or value that is not known.
  func unknown(_ key: String, _ word: String, known: [String]) -> SamplerError {
    SamplerError(
      .unsupported,
      "\(path): \(key) is \(word), which is not known; known is \(known.joined(separator: ", ")).")
  }

  private func wrong(_ key: String, _ found: ConfigurationValue, _ expected: String) -> SamplerError
  {
    SamplerError(
      .malformed, "\(path): \(key) is \(found.description); it must be \(expected).")
  }

  /// Puts quotes around the words `Infinity`, `-Infinity` and `NaN`, which Python writes although
  /// JSON has no such numbers.
  private static func quotingNonNumbers(_ bytes: [UInt8]) -> [UInt8] {
    let words = ["-Infinity", "Infinity", "NaN"].map { Array($0.utf8) }
    var quoted: [UInt8] = []
    var isInString = false
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      if isInString, byte == UInt8(ascii: "\\"), position + 1 < bytes.count {
        quoted += bytes[position...(position + 1)]
        position += 2
      } else if !isInString, let word = words.first(where: bytes[position...].starts(with:)) {
        quoted += [UInt8(ascii: "\"")] + word + [UInt8(ascii: "\"")]
        position += word.count
      } else {
        if byte == UInt8(ascii: "\"") { isInString.toggle() }
        quoted.append(byte)
        position += 1
      }
    }
    return quoted
  }
}
