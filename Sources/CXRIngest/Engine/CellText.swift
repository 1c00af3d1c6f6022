// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

/// Turns a cell into text: trimmed, and nothing where it stands for nothing.
struct CellText {
  private let nulls: Set<String>
  private let longestNull: Int

  init(nulls: Set<String>) {
    self.nulls = nulls
    longestNull = nulls.map(\.utf8.count).max() ?? 0
  }

  /// The text of a field of a record.
  func text(_ record: TableRecord, _ index: Int) -> String? {
    guard let text = record.trimmedString(at: index) else { return nil }
    return text.utf8.count <= longestNull && nulls.contains(text) ? nil : text
  }
}

/// What is taken of a cell's text.
///
/// A class, because a regular expression is costly to copy with every value that refers to it.
final class CellTransform {
  private let slice: Range<Int>?
  private let components: ClosedRange<Int>?
  private let pattern: Regex<AnyRegexOutput>?
  private let number: ColumnRule.NumberForm?
  private let date: DateForm?
  private let map: [String: String]?
  private let isIdentity: Bool

  init(_ rule: ColumnRule) {
    slice = rule.slice
    components = rule.components
    pattern = rule.pattern.flatMap { try? Regex($0) }
    number = rule.number
    date = rule.date
    map = rule.map
    isIdentity =
      slice == nil && components == nil && pattern == nil && number == nil && date == nil
      && map == nil
  }

  /// Returns what is taken, or `nil` where the text is not of the kind that the rule expects.
  func apply(to text: String) -> String? {
    guard !isIdentity else { return text }
    var text = text
    if let slice {
      let bytes = text.utf8.dropFirst(slice.lowerBound).prefix(slice.count)
      guard bytes.count == slice.count else { return nil }
      text = String(decoding: bytes, as: UTF8.self)
    }
    if let components {
      let parts = text.split(separator: "/")
      let lower =
        components.lowerBound < 0
        ? parts.count + components.lowerBound : components.lowerBound
      let upper =
        components.upperBound < 0
        ? parts.count + components.upperBound : components.upperBound
      guard lower >= 0, upper < parts.count else { return nil }
      text = parts[lower...upper].joined(separator: "/")
    }
    if let pattern {
      guard let match = text.firstMatch(of: pattern) else { return nil }
      let group = match.output.count > 1 ? match.output[1] : match.output[0]
      guard let taken = group.substring else { return nil }
      text = String(taken)
    }
    if number == .whole { text = Self.withoutZeroFraction(text) }
    if let date { text = date.yearFirst(text) ?? DateForm.unreadable }
    return map?[text] ?? text
  }

  /// The digits of a whole number that was written with a fraction of zeros; other texts stay, so
  /// that identifiers of any length do.
  private static func withoutZeroFraction(_ text: String) -> String {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[1].allSatisfy({ $0 == "0" }),
      parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return text }
    return String(parts[0])
  }
}
