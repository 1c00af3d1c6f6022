// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// What the first rows of a table hold in one column.
struct ColumnSample {
  let name: String
  /// The distinct texts that are not blank, in the order in which they appear, and their counts.
  private(set) var texts: [String] = []
  private var countByText: [String: Int] = [:]
  private(set) var filledCount = 0
  private(set) var blankCount = 0

  init(name: String) { self.name = name }

  mutating func add(_ text: String?) {
    guard let text else {
      blankCount += 1
      return
    }
    filledCount += 1
    if countByText.updateValue(countByText[text, default: 0] + 1, forKey: text) == nil {
      texts.append(text)
    }
  }

  /// Whether every row has a text of its own.
  var isUnique: Bool { filledCount > 0 && blankCount == 0 && texts.count == filledCount }

  /// Whether there are texts and all of them pass a test.
  func all(_ test: (String) -> Bool) -> Bool { !texts.isEmpty && texts.allSatisfy(test) }

  /// The form of the column's dates, where they are not year first and only one form fits all.
  var dateForm: DateForm? {
    let forms = DateForm.allCases.filter { form in all { form.yearFirst($0) != nil } }
    return forms.count == 1 ? forms.first : nil
  }

  /// How a descriptor names the column of dates.
  var dateReference: String {
    let name = YAMLText.scalar(name)
    return dateForm.map { "{column: \(name), date: \($0.rawValue)}" } ?? name
  }

  /// The words of the column where they are few and short; else nothing is shown of its cells.
  var words: [String]? { Self.fewWords(texts) }

  /// Words if there are few of them and all are short, in order.
  static func fewWords(_ words: [String]) -> [String]? {
    let isFew = words.count <= DescriptorDraft.wordLimit
    let areShort = words.allSatisfy { $0.utf8.count <= DescriptorDraft.wordByteLimit }
    return isFew && areShort ? words.sorted() : nil
  }

  /// Whether the name of the column holds a phrase: as one of its words, or, if the phrase has
  /// several words, anywhere.
  func isNamed(_ phrase: String) -> Bool {
    guard !phrase.contains(" ") else {
      return Finding.folded(name).contains(Finding.folded(phrase))
    }
    return nameWords.contains { $0 == phrase || $0 == phrase + "s" }
  }

  /// The words of the name in lower case: `Image_ID`, `imageID` and `image id` have the same.
  private var nameWords: [String] {
    var words: [String] = []
    var word = ""
    var previous: Character = " "
    for character in name {
      let isBoundary =
        !(character.isLetter || character.isNumber)
        || (character.isUppercase && previous.isLowercase)
      if isBoundary, !word.isEmpty {
        words.append(word)
        word = ""
      }
      if character.isLetter || character.isNumber { word += character.lowercased() }
      previous = character
    }
    return word.isEmpty ? words : words + [word]
  }
}
