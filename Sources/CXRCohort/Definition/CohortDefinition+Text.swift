// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRText

extension CohortDefinition {
  /// The definition as YAML in one fixed form, whatever it was read from; reading it gives an equal
  /// definition.
  ///
  /// Criteria that all datasets share stand at the top.
  public var canonicalText: String {
    let shared = Set(sources.map(\.criteria)).count == 1
    var lines = ["name: \(Self.quoted(name))"]
    if shared {
      lines.append("datasets: \(Self.list(sources.map(\.dataset)))")
      lines += sources.first?.criteria.canonicalLines ?? []
    } else {
      lines.append("sources:")
      for source in sources {
        lines.append("  - dataset: \(Self.quoted(source.dataset))")
        lines += source.criteria.canonicalLines.map { "    " + $0 }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A word as a YAML scalar: plain where it can only be a word, else in single quotes.
  static func quoted(_ text: String) -> String {
    let isPlain =
      text.first?.isLetter == true
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
      }
    let reserved: Set = ["yes", "no", "true", "false", "null", "on", "off", "y", "n"]
    guard !isPlain || reserved.contains(text.lowercased()) else { return text }
    return "'" + text.replacing("'", with: "''") + "'"
  }

  /// A list of words on one line.
  static func list(_ texts: [String]) -> String {
    "[" + texts.map(quoted).joined(separator: ", ") + "]"
  }
}

extension CohortCriteria {
  /// The criteria as lines of YAML, in the order in which the rules are applied.
  var canonicalLines: [String] {
    var lines: [String] = []
    func add(_ key: String, _ texts: [String]) {
      if !texts.isEmpty { lines.append("\(key): \(CohortDefinition.list(texts))") }
    }
    add("views", views.map(\.rawValue))
    add("viewSources", viewSources.map(\.rawValue))
    if let split {
      lines.append(
        "split: {name: \(CohortDefinition.quoted(split.name)), "
          + "part: \(CohortDefinition.list(split.parts))}")
    }
    if !attributes.isEmpty {
      lines.append("attributes:")
      lines += attributes.map {
        "  \(CohortDefinition.quoted($0.name)): \(CohortDefinition.list($0.values))"
      }
    }
    add("require", Requirement.allCases.filter(required.contains).map(\.rawValue))
    add("sex", sexes.map(\.word))
    if let ages {
      let limits = [("min", ages.minimum), ("max", ages.maximum)].compactMap { key, value in
        value.map { "\(key): \(AgeLimits.text($0))" }
      }
      lines.append("age: {\(limits.joined(separator: ", "))}")
    }
    add("race", races.map(\.rawValue))
    if let impressionRule {
      lines.append(
        "descriptiveImpression: {rule: '\(DescriptiveImpressionRule.version)', "
          + "minimumWords: \(impressionRule.minimumWords), "
          + "minimumLetters: \(impressionRule.minimumLetters)}")
    }
    if !having.isEmpty {
      lines.append("having:")
      lines += having.map {
        "  \(CohortDefinition.quoted($0.finding.name)): "
          + CohortDefinition.list($0.states.map(\.word))
      }
    }
    if let choice { lines.append("one: {\(Self.text(choice))}") }
    return lines
  }

  private static func text(_ choice: RadiographChoice) -> String {
    let text = "per: \(choice.unit.rawValue), choose: \(choice.rule.word)"
    if case .random(let seed) = choice.rule { return text + ", seed: \(seed)" }
    return text
  }
}
