// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

/// The prompts of a run as tokens.
struct TokenizedPrompts {
  /// Those of the images to learn from, in order.
  let training: [[Int]]
  /// Those of the images to validate on, in order.
  let validation: [[Int]]
  /// Those of the images of a class, in order.
  let prior: [[Int]]
  /// Those of the empty prompt.
  let empty: [Int]

  /// Cuts prompts into tokens, each of them once.
  ///
  /// - Throws: What the tokenization throws.
  init(
    of images: PromptedImages, validation: PromptedImages?, prior: PromptedImages? = nil,
    by tokens: DiffusionTrainer.Tokenization
  ) throws {
    var known: [String: [Int]] = [:]
    func tokenized(_ prompts: [String]) throws -> [[Int]] {
      try prompts.map { prompt in
        if let found = known[prompt] { return found }
        let made = try tokens(prompt)
        known[prompt] = made
        return made
      }
    }
    training = try tokenized(images.prompts)
    self.validation = try tokenized(validation?.prompts ?? [])
    self.prior = try tokenized(prior?.prompts ?? [])
    empty = try tokens("")
  }

  /// A digest of all tokens in their order.
  var digest: String {
    let lines = ([empty] + training + validation + prior).map { row in
      row.map(String.init).joined(separator: " ")
    }
    return FileDigest.sha256(of: lines.joined(separator: "\n"))
  }
}
