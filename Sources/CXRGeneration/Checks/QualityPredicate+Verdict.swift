// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore

extension QualityPredicate {
  /// Whether a model tells what the predicate is about.
  func isToldBy(_ aspect: JudgedAspect) -> Bool {
    switch (self, aspect) {
    case (.sex, .sex), (.race, .race), (.age, .ageYears): true
    case (.finding(let own, _), .finding(let told)): own == told
    default: false
    }
  }

  /// Compares what an image was taken for with what its prompt asked for.
  ///
  /// What cannot be compared is untested, never passed: a prompt that does not say, a class that the
  /// model does not know, a label that is uncertain or missing, or no model at all.
  ///
  /// - Parameters:
  ///   - item: What the prompt asked for.
  ///   - told: What a model tells, and what it told of the image; `nil` without a model.
  /// - Returns: The verdict.
  func verdict(
    on item: GenerationItem, told: (aspect: JudgedAspect, estimate: QualityEstimate)?
  ) -> GenerationVerdict {
    func untested(
      _ reason: String, _ estimate: String? = nil, _ score: Double? = nil
    )
      -> GenerationVerdict
    {
      GenerationVerdict(
        predicate: name, .untested, estimate: estimate, score: score, reason: reason)
    }
    func verdict(_ passes: Bool, _ estimate: String, _ score: Double) -> GenerationVerdict {
      GenerationVerdict(
        predicate: name, passes ? .passed : .failed, estimate: estimate, score: score)
    }
    guard let told else { return untested("no model tells it") }
    switch (self, told.aspect, told.estimate) {
    case (.sex, _, .sex(let shares)):
      let (likeliest, share) = Self.likeliest(of: Sex.allCases, in: shares)
      let word = likeliest.rawValue
      guard let wanted = item.sex else { return untested("the prompt states no sex", word, share) }
      return verdict(likeliest == wanted, word, share)
    case (.race, .race(let known), .race(let shares)):
      let (likeliest, share) = Self.likeliest(of: known, in: shares)
      let word = likeliest.rawValue
      guard let wanted = item.race else {
        return untested("the prompt states no race", word, share)
      }
      guard known.contains(wanted) else {
        return untested("the model knows no class \(wanted.rawValue)", word, share)
      }
      return verdict(likeliest == wanted, word, share)
    case (.age(let tolerance), _, .ageYears(let years)):
      let word = "\(Int(years.rounded()))"
      guard let wanted = item.ageYears else {
        return untested("the prompt states no age", word, years)
      }
      return verdict(abs(years.rounded() - Double(wanted)) <= Double(tolerance), word, years)
    case (.finding(let finding, let threshold), _, .finding(let score)):
      let isSeen = score >= threshold
      let word = isSeen ? "positive" : "negative"
      switch item.findings[finding] {
      case .positive: return verdict(isSeen, word, score)
      case .negative: return verdict(!isSeen, word, score)
      case let state: return untested("the label is \(state.word)", word, score)
      }
    default: return untested("the model told something else")
    }
  }

  /// The class with the largest share; of equal ones the first.
  static func likeliest<Value: Hashable>(
    of values: [Value], in shares: [Value: Double]
  ) -> (Value, Double) {
    var best = values[0]
    for value in values where shares[value, default: 0] > shares[best, default: 0] { best = value }
    return (best, shares[best, default: 0])
  }
}
