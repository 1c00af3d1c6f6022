// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// Several words of a vocabulary with commas between them, in any case.
struct CommaList<Element: CaseIterable & RawRepresentable<String>>: ExpressibleByArgument {
  /// What was listed, in order.
  let elements: [Element]

  /// Creates a list.
  init(_ elements: [Element]) { self.elements = elements }

  /// Reads a list; `nil` for a word that is not in the vocabulary.
  init?(argument: String) {
    let words = argument.split(separator: ",").map { $0.lowercased() }
    let elements = words.compactMap { word in
      Element.allCases.first { $0.rawValue.lowercased() == word }
    }
    guard !elements.isEmpty, elements.count == words.count else { return nil }
    self.elements = elements
  }

  static var allValueStrings: [String] { Element.allCases.map(\.rawValue) }

  var defaultValueDescription: String { elements.map(\.rawValue).joined(separator: ",") }
}
