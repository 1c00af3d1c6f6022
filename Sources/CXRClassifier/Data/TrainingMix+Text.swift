// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
public import CXRTraining

extension TrainingMix: CustomStringConvertible {
  /// The suffixes that a text may end with.
  private static let replacement = "replacement", stratified = "stratified"

  /// How a mix is typed, for messages and help.
  public static let grammar =
    "real[=AMOUNT], synthetic[=AMOUNT] or mixed[:RATIO][,real=AMOUNT][,synthetic=AMOUNT], and after "
    + "it +stratified or +replacement"

  /// Reads a mix as it is typed.
  ///
  /// - Parameter text: A ``grammar``; an amount is a number of images or a percentage, a ratio is
  ///   `REAL:SYNTHETIC` or the percentage of real images.
  /// - Throws: `TrainingDataError` with code `.unknownWord`.
  public init(_ text: String) throws(TrainingDataError) {
    var suffixes = text.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
    let terms = suffixes.removeFirst().split(separator: ",", omittingEmptySubsequences: false)
      .map(String.init)
    var mix = try Self.start(terms[0], of: text)
    for term in terms.dropFirst() {
      guard let equals = term.firstIndex(of: "="),
        let source = TrainingSource(rawValue: String(term[..<equals])),
        let amount = MixAmount(String(term[term.index(after: equals)...])), !amount.isNone,
        mix.amount(of: source) == .all
      else { throw Self.unknown(term, in: text) }
      switch source {
      case .real: mix.real = amount
      case .synthetic: mix.synthetic = amount
      }
    }
    for suffix in suffixes {
      switch suffix {
      case Self.replacement where mix.ratio != nil: mix.drawing = .withReplacement
      case Self.stratified: mix.order = .stratified
      default: throw Self.unknown("+\(suffix)", in: text)
      }
    }
    self = mix
  }

  /// Reads what stands before the first comma.
  private static func start(
    _ term: String, of text: String
  ) throws(TrainingDataError) -> TrainingMix {
    if let colon = term.firstIndex(of: ":") {
      guard term[..<colon] == "mixed",
        let ratio = MixRatio(String(term[term.index(after: colon)...]))
      else { throw unknown(term, in: text) }
      return TrainingMix(real: .all, synthetic: .all, ratio: ratio)
    }
    let words = term.split(separator: "=", maxSplits: 1).map(String.init)
    let amount = words.count == 2 ? MixAmount(words[1]) : .all
    guard let amount, !amount.isNone, !term.hasSuffix("=") else { throw unknown(term, in: text) }
    switch words.first {
    case "real": return TrainingMix(real: amount, synthetic: .none)
    case "synthetic": return TrainingMix(real: .none, synthetic: amount)
    case "mixed" where words.count == 1: return .pooled
    default: throw unknown(term, in: text)
    }
  }

  private static func unknown(_ term: String, in text: String) -> TrainingDataError {
    let near = ["real", "synthetic", "mixed"].nearest(to: term)
    return TrainingDataError(
      .unknownWord,
      "'\(term)'" + (term == text ? "" : " in '\(text)'") + " is no part of a mix; "
        + (near.map { $0 == term ? "" : "did you mean \($0)? A mix is " } ?? "write ")
        + grammar + ".")
  }

  /// The mix as it is typed: the shortest text that ``init(_:)`` reads as the same mix.
  public var description: String {
    var text: String
    switch (real, synthetic) {
    case (_, .none): text = Self.term(.real, real)
    case (.none, _): text = Self.term(.synthetic, synthetic)
    default:
      text = "mixed" + (ratio.map { ":\($0)" } ?? "")
      for source in TrainingSource.allCases where amount(of: source) != .all {
        text += "," + Self.term(source, amount(of: source))
      }
    }
    if order == .stratified { text += "+" + Self.stratified }
    if ratio != nil, drawing == .withReplacement { text += "+" + Self.replacement }
    return text
  }

  private static func term(_ source: TrainingSource, _ amount: MixAmount) -> String {
    source.rawValue + (amount == .all ? "" : "=\(amount)")
  }
}
