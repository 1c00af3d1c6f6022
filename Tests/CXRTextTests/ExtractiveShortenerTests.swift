// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRText
import Testing

@Suite("Extractive shortening")
struct ExtractiveShortenerTests {
  private func shortener(_ characters: Int) -> ExtractiveShortener {
    ExtractiveShortener(maximumCharacters: characters)
  }

  @Test("Leaves alone what fits the token limit, whatever its length")
  func unchanged() {
    let text = "1. Edema.  2. No effusion."
    let short = shortener(5).shorten(text) { _ in 77 }
    #expect(short.text == text)
    #expect(short.method == .unchanged)
    #expect(short.removed.isEmpty)
  }

  @Test("Leaves out boilerplate before normal statements, and those before findings")
  func order() {
    let text = """
      1. New left lower lobe opacity. 2. No pleural effusion. 3. Heart size is normal. \
      4. Findings were discussed with Dr. A. Smith at 5:30 p.m. 5. Follow-up is recommended.
      """
    let finding = "New left lower lobe opacity."
    let normal = "No pleural effusion. Heart size is normal."
    #expect(shortener(120).shorten(text).text == "\(finding) \(normal) Follow-up is recommended.")
    #expect(shortener(80).shorten(text).text == "\(finding) \(normal)")
    #expect(shortener(60).shorten(text).text == "\(finding) No pleural effusion.")
    let shortest = shortener(40).shorten(text)
    #expect(shortest.text == finding)
    #expect(shortest.method == .sentences)
    #expect(
      shortest.removed.map(\.reason) == [.notification, .recommendation, .normal, .normal])
    #expect(shortest.removed.first?.text.hasSuffix("Dr. A. Smith at 5:30 p.m.") == true)
  }

  @Test(
    "Keeps every sentence that asserts a finding",
    arguments: [
      "No change in the moderate effusion.", "No pneumothorax, but a small effusion.",
      "Bibasilar atelectasis, otherwise normal.", "Cardiomegaly with no evidence of edema.",
      "Follow up of the 0.5 cm nodule is recommended.", "Heart size is normal with edema.",
    ])
  func keepsFindings(sentence: String) {
    let text = "No pneumonia. " + sentence + " Lungs are clear."
    #expect(shortener(sentence.count).shorten(text).text == sentence)
  }

  @Test("Leaves out introductions that only name another study")
  func introductions() {
    let text = "In comparison with the study of ___, there is increasing edema."
    let short = shortener(40).shorten(text)
    #expect(short.text == "There is increasing edema.")
    #expect(short.removed.map(\.text) == ["In comparison with the study of ___,"])
    #expect(short.removed.map(\.reason) == [.comparison])
  }

  @Test("Cuts findings between words as a last resort, and says what it cut")
  func cuts() {
    let short = shortener(41).shorten("Right effusion, edema, and consolidation of the left base.")
    #expect(short.text == "Right effusion, edema, and consolidation.")
    #expect(shortener(41).shorten(short.text + " Edema.").text == short.text)
    let shorter = shortener(28).shorten("Right effusion, edema, and consolidation of the base.")
    #expect(shorter.text == "Right effusion, edema.")
    #expect(shorter.method == .cut)
    #expect(shorter.removed.map(\.reason) == [.end])
    #expect(shorter.fits)
  }

  @Test("Never leaves nothing, and says when a single word is too long")
  func lastSentence() {
    #expect(shortener(20).shorten("No effusion. No edema. Lungs clear.").text == "No effusion.")
    let word = shortener(3).shorten("Cardiomegaly.")
    #expect(word.text == "Cardiomegaly.")
    #expect(!word.fits)
    #expect(shortener(3).shorten("").fits)
  }

  @Test("Keeps both limits on any text, and repeats itself", arguments: 0..<40)
  func limits(seed: UInt64) {
    let vocabulary = [
      "edema", "no", "effusion", "clear", "lungs", "normal", "and", "with", "___", "0.5", "cm",
      "Dr.", "discussed", "compared", "opacity,", "1.", "process.", "stable.", "heart.",
    ]
    let stream = RandomStream(seed: seed, purpose: "test.impression", index: 0)
    let words = (0..<60).map { vocabulary[stream.index(at: $0, below: vocabulary.count)] }
    let text = words.joined(separator: " ")
    let count = { (text: String) in 12 + text.split(separator: " ").count * 3 }
    let short = ExtractiveShortener().shorten(text, tokenCount: count)
    #expect(short.fits)
    #expect(short.text.count <= 200)
    #expect(count(short.text) <= 77)
    #expect(!short.text.isEmpty)
    #expect(short == ExtractiveShortener().shorten(text, tokenCount: count))
  }

  @Test(
    "A cut ends behind a noun phrase that names a finding, or the sentence goes",
    arguments: [
      (
        "There is a small left pleural effusion with adjacent atelectasis and consolidation.", 45,
        "There is a small left pleural effusion."
      ),
      (
        "Mild, chronic interstitial and alveolar edema at both bases.", 46,
        "Mild, chronic interstitial and alveolar edema."
      ),
      (
        "Large right pneumothorax. Small left apical pneumothorax with rib fracture.", 45,
        "Large right pneumothorax."
      ),
      ("Widening of the upper mediastinum suggests adenopathy. Edema.", 20, "Edema."),
      (
        "Small effusion on the right, which has resolved since. New left basal opacity.", 40,
        "New left basal opacity."
      ),
      (
        "The heart is mildly enlarged and the hila are congested.", 40,
        "The heart is mildly enlarged."
      ),
      ("A left upper lobe nodule projects over the third rib.", 35, "A left upper lobe nodule."),
      (
        "Sternal wires again seen. New right basal opacity, likely pneumonia.", 30,
        "New right basal opacity."
      ),
    ])
  func clauses(text: String, limit: Int, expected: String) {
    let short = shortener(limit).shorten(text)
    #expect(short.text == expected)
    #expect(short.fits && short.text.count <= limit)
  }

  /// Long impressions in the manner of reports.
  private static func impression(seed: UInt64) -> String {
    let stream = RandomStream(seed: seed, purpose: "test.long impression", index: 0)
    var position = 0
    func pick(_ words: [String]) -> String {
      position += 1
      return words[stream.index(at: position, below: words.count)]
    }
    let findings = [
      "pleural effusion", "atelectasis", "consolidation", "interstitial edema", "pneumothorax",
      "opacity", "rib fracture", "cardiomegaly", "scarring", "hilar adenopathy",
    ]
    func phrase() -> String {
      let size = pick(["small", "moderate", "large", "new", "mild to moderate", "patchy", ""])
      let side = pick(["left", "right", "bilateral", "bibasilar", "left lower lobe", ""])
      return [size, side, pick(findings)].filter { !$0.isEmpty }.joined(separator: " ")
    }
    let sentences = (0..<7).map { _ in
      let opening = pick([
        "There is a", "There is", "Interval increase in the", "Again seen is", "",
      ])
      var sentence = opening + " " + phrase()
      for _ in 0..<(position % 6) {
        sentence +=
          pick([" with ", ", ", " and ", " at the base, likely ", " due to ", " concerning for "])
          + phrase()
      }
      let trimmed = sentence.trimmingPrefix(" ")
      return trimmed.prefix(1).uppercased() + trimmed.dropFirst() + "."
    }
    return (sentences + ["The mediastinum is seen again.", "No acute bony abnormality."])
      .joined(separator: " ")
  }

  @Test(
    "Long impressions keep findings and both limits, and end in no fragment", arguments: 0..<300)
  func noFragments(seed: UInt64) {
    let text = Self.impression(seed: seed)
    let count = { (text: String) in 14 + text.split(separator: " ").count * 2 }
    let short = ExtractiveShortener().shorten(text, tokenCount: count)
    #expect(short.fits && short.text.count <= 200 && count(short.text) <= 77)
    let source = Set(text.split(separator: ".").map { $0.trimmingPrefix(" ") })
    let modifiers: Set<Substring> = [
      "small", "moderate", "large", "new", "mild", "to", "patchy", "left", "right", "bilateral",
      "bibasilar", "lower", "lobe", "pleural", "interstitial", "rib", "hilar", "a", "the", "is",
      "There", "with", "and", "likely", "due", "concerning", "for", "at", "increase", "in",
    ]
    for sentence in short.text.split(separator: ".").map({ $0.trimmingPrefix(" ") }) {
      let words = sentence.split(separator: " ")
      if !source.contains(sentence) {
        #expect(words.count > 1, "\(sentence)")
        #expect(!modifiers.contains(words.last ?? ""), "\(sentence)")
      }
      // What names no finding goes before any finding does.
      #expect(!sentence.contains("mediastinum") && !sentence.contains("No acute"), "\(sentence)")
    }
    #expect(short == ExtractiveShortener().shorten(text, tokenCount: count))
  }
}
