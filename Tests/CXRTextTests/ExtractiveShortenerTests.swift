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
}
