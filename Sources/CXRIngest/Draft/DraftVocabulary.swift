// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// What the words of a hospital's table may mean.
enum DraftVocabulary {
  /// The view of a word, if it is a usual one.
  static func view(_ word: String) -> View? {
    switch Finding.folded(word) {
    case "pa", "posteroanterior", "frontalpa", "papa": .pa
    case "ap", "anteroposterior", "frontalap", "aperect": .ap
    case "apsupine", "aphorizontal", "supine", "supineap": .apSupine
    case "lateral", "lat", "ll", "rl", "l", "leftlateral", "rightlateral": .lateral
    default: nil
    }
  }

  /// The sex of a word, if it is a usual one.
  static func sex(_ word: String) -> Sex? {
    switch word.lowercased() {
    case "f", "female", "woman", "w": .female
    case "m", "male", "man": .male
    default: nil
    }
  }

  /// The race group of a word, if it is a usual one.
  static func race(_ word: String) -> Race? {
    let word = word.lowercased()
    let isHispanic = word.contains("hispanic") || word.contains("latino")
    if isHispanic, !word.contains("non-hispanic"), !word.contains("not hispanic"),
      !word.contains("non-latino")
    {
      return .hispanic
    }
    if word.hasPrefix("white") || word.hasPrefix("caucasian") { return .white }
    if word.hasPrefix("black") || word.hasPrefix("african american") { return .black }
    return word.hasPrefix("asian") ? .asian : nil
  }

  /// Texts by which a finding is known in free text, in lower case.
  static let needles: [(text: String, finding: Finding)] = [
    ("atelecta", .atelectasis), ("cardiomegaly", .cardiomegaly),
    ("enlarged heart", .cardiomegaly), ("consolidation", .consolidation), ("edema", .edema),
    ("oedema", .edema), ("fracture", .fracture), ("nodule", .lungLesion),
    ("lung mass", .lungLesion), ("pulmonary mass", .lungLesion), ("opacity", .lungOpacity),
    ("pleural effusion", .pleuralEffusion), ("pleural thickening", .pleuralOther),
    ("pneumonia", .pneumonia), ("pneumothorax", .pneumothorax), ("pacemaker", .supportDevices),
    ("endotracheal tube", .supportDevices), ("catheter", .supportDevices),
  ]

  /// Words that, alone, say that there is no finding.
  static let normalWords = ["normal", "no finding", "no findings", "no acute findings", "none"]

  /// Words with which the absence of something begins.
  static let negations = ["no", "without"]

  /// Whether a phrase says that something is absent.
  static func isNegated(_ phrase: String) -> Bool {
    let phrase = NativeVocabulary.folded(phrase)
    return !normalWords.contains(phrase) && negations.contains { phrase.hasPrefix($0 + " ") }
  }

  /// The finding of a label, by its name or by what the name contains.
  static func finding(_ label: String) -> Finding? {
    if let finding = Finding(name: label) { return finding }
    let folded = NativeVocabulary.folded(label)
    if normalWords.contains(folded) { return .noFinding }
    return needles.first { folded.contains($0.text) }?.finding
  }
}
