// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore

/// Reads the projection of radiographs.
struct ViewReader {
  /// What a record says of the projection.
  struct Reading {
    var view: View
    var source: ViewSource
    var nativeView: String?
    /// What is out of the vocabulary.
    var warning: RecordNotice?
  }

  private struct BoundCase {
    let rule: ViewRule.Case
    let condition: BoundCondition?
    let column: BoundColumn?
  }

  private let cases: [BoundCase]

  init(_ rule: ViewRule, in images: ImageTable) {
    cases = rule.cases.map { rule in
      BoundCase(
        rule: rule, condition: rule.condition.map { BoundCondition($0, in: images, key: "view") },
        column: rule.column.flatMap { images.bind($0, key: "view") })
    }
  }

  func read(_ images: ImageTable) -> Reading {
    var nativeView: String?
    for bound in cases where bound.condition?.holds(images) ?? true {
      if let constant = bound.rule.constant {
        return Reading(view: constant, source: bound.rule.source, nativeView: nativeView)
      }
      guard let word = bound.column.flatMap(images.text) else { continue }
      nativeView = nativeView ?? word
      let key = bound.rule.ignoresCase ? word.lowercased() : word
      if let view = bound.rule.map[key] {
        return Reading(view: view, source: bound.rule.source, nativeView: word)
      }
      var reading = Reading(view: .other, source: bound.rule.source, nativeView: word)
      if !bound.rule.others.contains(key) {
        reading.warning = RecordNotice(
          "view-unknown", "view … is not in the vocabulary, kept as other", quoting: word)
      }
      return reading
    }
    return Reading(
      view: .unknown, source: .declared, nativeView: nativeView,
      warning: RecordNotice("view-missing", "radiographs whose view nothing says"))
  }
}

/// A condition whose columns are bound.
struct BoundCondition {
  private let terms: [(column: BoundColumn, words: Set<String>)]

  init(_ condition: Condition, in images: ImageTable, key: String) {
    terms = condition.terms.compactMap { term in
      images.bind(term.column, key: "\(key).when").map { ($0, term.words) }
    }
  }

  /// Whether every column holds one of its words; a blank cell is the word "".
  func holds(_ images: ImageTable) -> Bool {
    terms.allSatisfy { $0.words.contains(images.text($0.column) ?? "") }
  }
}
