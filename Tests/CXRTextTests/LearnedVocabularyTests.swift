// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import CXRText
import Foundation
import Testing

@Suite("Learned vocabulary")
struct LearnedVocabularyTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func tokenizer(_ vocabulary: LearnedVocabulary) throws -> CLIPTokenizer {
    for (name, bytes) in try vocabulary.files() { try folder.write(Data(bytes), to: name) }
    return try CLIPTokenizer(folder: folder.url.path)
  }

  @Test("Merges the most frequent pair first, and of equal ones that of smaller numbers")
  func mergesMostFrequent() {
    // Pairs: ab 3 times, bc 2 times, c at an end; xy and yz once each, which is no merge.
    let vocabulary = LearnedVocabulary(of: ["abc abc", "abd xyz"], limit: 2048)
    #expect(
      vocabulary.merges.prefix(2).map { [$0.left, $0.right] } == [["a", "b"], ["ab", "c</w>"]])
    #expect(vocabulary.merges.count == 2)
    #expect(vocabulary.spellings.count == LearnedVocabulary.smallestCount + 2)
    let equal = LearnedVocabulary(of: ["yz yz ab ab"], limit: 515)
    #expect(equal.merges.map(\.left) == ["a"])
  }

  @Test("Frequent words are one token, and every text has tokens and comes back")
  func coversTexts() throws {
    let prompts = (0..<40).map { "\($0) year old female. Pleural Effusion" }
    let tokenizer = try tokenizer(LearnedVocabulary(of: prompts, limit: 2048))
    #expect(tokenizer.tokenCount("old female. effusion") == 2 + 4)
    #expect(tokenizer.tokenCount(prompts[7]) < 12)
    for text in ["42 year old male", "größe ≥ 3 cm", "never seen: qwxz"] {
      let ids = tokenizer.encode(text).dropFirst().dropLast()
      #expect(
        tokenizer.decode(Array(ids)).replacing(" ", with: "")
          == text.lowercased().replacing(" ", with: ""))
    }
    #expect(tokenizer.contextLength == 77 && tokenizer.padToken == tokenizer.endToken)
    #expect(tokenizer.encodePadded("").count == 77)
  }

  @Test("Keeps to the limit, and the order of the texts does not matter")
  func keepsLimit() throws {
    let texts = (0..<300).map { "word\($0 * 7919 % 97) and finding\($0 % 13)" }
    let vocabulary = LearnedVocabulary(of: texts, limit: 520)
    #expect(vocabulary.spellings.count == 520)
    #expect(LearnedVocabulary(of: texts.reversed(), limit: 520).merges == vocabulary.merges)
    #expect(
      try LearnedVocabulary(of: texts.shuffled(), limit: 520).files() == vocabulary.files())
  }
}
