// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import CXRText
import Foundation
import Testing

@Suite("CLIP tokenizer")
struct CLIPTokenizerTests {
  let toy: ToyTokenizer
  let tokenizer: CLIPTokenizer

  init() throws {
    toy = try ToyTokenizer()
    tokenizer = try toy.loaded()
  }

  @Test("Merges the pair of lowest rank first, and every occurrence of it")
  func merges() {
    #expect(tokenizer.encode("no") == toy.ids("no</w>"))
    // "h e" outranks "t h", but the last letter carries the end of the word.
    #expect(tokenizer.encode("the") == toy.ids("th", "e</w>"))
    #expect(tokenizer.encode("chest") == toy.ids("c", "he", "s", "t</w>"))
    #expect(tokenizer.encode("aaaaab") == toy.ids("aaaa", "a", "b</w>"))
    #expect(tokenizer.encode("heheh") == toy.ids("he", "he", "h</w>"))
  }

  @Test("Puts every digit, every run of marks and every contraction into a word of its own")
  func words() {
    #expect(tokenizer.encode("28") == toy.ids("2</w>", "8</w>"))
    #expect(tokenizer.encode("a.,b") == toy.ids("a</w>", ".", ",</w>", "b</w>"))
    #expect(tokenizer.encode("b's") == toy.ids("b</w>", "'", "s</w>"))
    #expect(tokenizer.encode("b'rex") == toy.ids("b</w>", "'", "r", "e</w>", "x</w>"))
    #expect(tokenizer.encode("''s") == toy.ids("'", "'</w>", "s</w>"))
    #expect(tokenizer.encode("b'") == toy.ids("b</w>", "'</w>"))
    #expect(tokenizer.encode("½²") == toy.ids("Â", "½</w>", "Â", "²</w>"))
  }

  @Test("Lower-cases, composes and forgets white space")
  func normalizes() {
    #expect(tokenizer.encode(" NO\t\n no\u{A0}no\u{2003}") == toy.ids("no</w>", "no</w>", "no</w>"))
    #expect(tokenizer.encode("e\u{301}") == toy.ids("Ã", "©</w>"))
    #expect(tokenizer.encode("É") == toy.ids("Ã", "©</w>"))
    // A final sigma is lowered like any other; U+001C is no white space.
    #expect(tokenizer.encode("ΑΣ") == toy.ids("Î", "±", "Ï", "ĥ</w>"))
    #expect(tokenizer.encode("b\u{1C}b") == toy.ids("b</w>", "Ĝ</w>", "b</w>"))
    #expect(tokenizer.encode("") == toy.ids())
  }

  @Test("Cuts special tokens out of running text, the pad token among them")
  func specialTokens() throws {
    let text = "b!b <|endoftext|>b"
    #expect(
      tokenizer.encode(text) == toy.ids("b</w>", "!</w>", "b</w>", ToyTokenizer.end, "b</w>"))
    let padded = try toy.loaded(pad: "!")
    #expect(padded.padToken == toy.id("!"))
    #expect(padded.encode(text) == toy.ids("b</w>", "!", "b</w>", ToyTokenizer.end, "b</w>"))
  }

  @Test("Fills up to the context length, or cuts and tells what was lost")
  func truncates() throws {
    let tokenizer = try toy.loaded(pad: "!")
    #expect(tokenizer.contextLength == 8)
    #expect(tokenizer.encodePadded("no no") == toy.ids("no</w>", "no</w>") + [0, 0, 0, 0])
    #expect(tokenizer.truncation(of: "a b c 1 2 3") == nil)
    let long = "a b c 1 2 chest Ünd 3"
    #expect(tokenizer.tokenCount(long) == tokenizer.encode(long).count)
    #expect(tokenizer.encodePadded(long).count == 8)
    #expect(tokenizer.encodePadded(long).last == tokenizer.endToken)
    #expect(tokenizer.truncation(of: long) == "hest ünd 3")
  }

  @Test(
    "Reads tokenizer.json, with merges as lines or as pairs, in a subfolder",
    arguments: [false, true])
  func oneFile(mergesArePairs: Bool) throws {
    let fresh = try ToyTokenizer()
    let loaded = try fresh.loadedFromOneFile(mergesArePairs: mergesArePairs)
    #expect(loaded.padToken == fresh.id("!"))
    #expect(loaded.contextLength == 77)
    for text in ["The chest, no 28.", "aaaaab don't", "é½"] {
      #expect(loaded.encode(text) == tokenizer.encode(text))
    }
  }

  @Test("Refuses a folder without vocabulary, naming it")
  func missing() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: TextError.self) { try CLIPTokenizer(folder: folder.url.path) }
    #expect(error?.code == .missing)
    #expect(error?.message.contains(folder.url.path) == true)
  }

  @Test("Refuses a line that is no merge, naming file and line")
  func malformedMerges() throws {
    try toy.folder.write("#version: 0.2\nh e\nthree tokens here\n", to: "merges.txt")
    let error = #expect(throws: TextError.self) {
      try CLIPTokenizer(folder: toy.folder.url.path)
    }
    #expect(error?.code == .malformed)
    #expect(error?.message.contains("merges.txt, line 3") == true)
  }

  @Test("Refuses merges and special tokens that the vocabulary lacks")
  func foreignFiles() throws {
    let map = try toy.folder.write(#"{"pad_token": "<pad>"}"#, to: "special_tokens_map.json")
    let error = #expect(throws: TextError.self) {
      try CLIPTokenizer(folder: toy.folder.url.path)
    }
    #expect(error?.message.contains("<pad>") == true)
    try FileManager.default.removeItem(atPath: map)
    try toy.folder.write("q z\n", to: "merges.txt")
    #expect(throws: TextError.self) { try CLIPTokenizer(folder: toy.folder.url.path) }
  }

  @Test("Refuses a byte-pair tokenizer that is not CLIP's")
  func unsupported() throws {
    let fresh = try ToyTokenizer()
    let error = #expect(throws: TextError.self) {
      try fresh.loadedFromOneFile(mergesArePairs: true, suffix: "")
    }
    #expect(error?.code == .unsupported)
  }

  @Test("Stays quick on a word of a hundred thousand letters")
  func hostileWord() {
    let word = String(repeating: "ahest", count: 20_000)
    #expect(tokenizer.tokenCount(word) == 20_000 * 4 + 2)
  }
}
