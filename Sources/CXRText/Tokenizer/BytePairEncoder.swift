// SPDX-License-Identifier: Apache-2.0

/// Turns words into tokens by merging the pair of lowest rank until none is left.
///
/// - SeeAlso: Sennrich et al., *ACL* 2016, <https://doi.org/10.18653/v1/P16-1162>.
struct BytePairEncoder: Sendable {
  /// The working memory of one text, so that words do not allocate.
  struct Scratch {
    fileprivate var symbols: [Int32] = []
    fileprivate var merges: [UInt64] = []
  }

  /// The mark that a spelling carries at the end of a word.
  static let endOfWord = "</w>"

  private let symbolOfByte: [Int32]
  private let symbolOfLastByte: [Int32]
  private var merges: MergeTable
  private var words: WordTable

  /// Creates an encoder.
  ///
  /// - Parameters:
  ///   - vocabulary: The id of every spelling.
  ///   - pairs: The merges by rank, each a pair of spellings.
  ///   - unknown: The id of a byte that the vocabulary lacks.
  /// - Throws: ``TextError`` with code `.malformed` if a merge speaks of a spelling that is not in
  ///   the vocabulary.
  init(
    vocabulary: [String: Int32], pairs: [(left: String, right: String)], unknown: Int32
  ) throws(TextError) {
    let letters = ByteAlphabet.characters.map { String($0) }
    symbolOfByte = letters.map { vocabulary[$0] ?? unknown }
    symbolOfLastByte = letters.map { vocabulary[$0 + Self.endOfWord] ?? unknown }
    merges = MergeTable(capacity: pairs.count)
    words = WordTable(capacity: vocabulary.count)
    for (rank, pair) in pairs.enumerated() {
      guard let left = vocabulary[pair.left], let right = vocabulary[pair.right],
        let merged = vocabulary[pair.left + pair.right]
      else {
        throw TextError(
          .malformed,
          "merge \(rank + 1) of the tokenizer uses a token that its vocabulary lacks; take both "
            + "from the same model.")
      }
      merges.insert(left, right, rank: rank, merged: merged)
    }
    collectWords(vocabulary)
  }

  /// Fills the table of words with the spellings that merging really arrives at.
  private mutating func collectWords(_ vocabulary: [String: Int32]) {
    var scratch = Scratch()
    var tokens: [Int32] = []
    for (spelling, token) in vocabulary where spelling.hasSuffix(Self.endOfWord) {
      guard let bytes = ByteAlphabet.decoded(spelling.dropLast(Self.endOfWord.count)),
        1...WordTable.longestWord ~= bytes.count
      else { continue }
      tokens.removeAll(keepingCapacity: true)
      appendMerged(bytes, in: bytes.indices, using: &scratch, to: &tokens)
      if tokens == [token] { words.insert(bytes, token: token) }
    }
  }

  /// Appends the tokens of a word.
  ///
  /// - Parameters:
  ///   - bytes: A normalised text.
  ///   - range: Where the word lies in it; not empty.
  ///   - scratch: Working memory.
  ///   - tokens: Where the tokens go.
  /// - Complexity: O(*n* · *m*) for *n* bytes and *m* different merges on the way.
  func append(
    _ bytes: [UInt8], in range: Range<Int>, using scratch: inout Scratch, to tokens: inout [Int32]
  ) {
    if let token = words.token(of: bytes, in: range) {
      tokens.append(token)
    } else {
      appendMerged(bytes, in: range, using: &scratch, to: &tokens)
    }
  }

  private func appendMerged(
    _ bytes: [UInt8], in range: Range<Int>, using scratch: inout Scratch, to tokens: inout [Int32]
  ) {
    scratch.symbols.removeAll(keepingCapacity: true)
    scratch.merges.removeAll(keepingCapacity: true)
    for index in range.dropLast() { scratch.symbols.append(symbolOfByte[Int(bytes[index])]) }
    scratch.symbols.append(symbolOfLastByte[Int(bytes[range.upperBound - 1])])
    for index in 1..<max(1, scratch.symbols.count) {
      scratch.merges.append(merges[scratch.symbols[index - 1], scratch.symbols[index]])
    }
    while let lowest = scratch.merges.min(), lowest != MergeTable.none {
      apply(lowest, to: &scratch)
    }
    tokens.append(contentsOf: scratch.symbols)
  }

  /// Merges every occurrence of a pair from left to right, looking up only what changes.
  private func apply(_ merge: UInt64, to scratch: inout Scratch) {
    let count = scratch.symbols.count
    var read = 0
    var write = 0
    var previousIsMerged = false
    while read < count {
      let isMerged = read + 1 < count && scratch.merges[read] == merge
      let symbol = isMerged ? MergeTable.symbol(of: merge) : scratch.symbols[read]
      if write > 0 {
        scratch.merges[write - 1] =
          isMerged || previousIsMerged
          ? merges[scratch.symbols[write - 1], symbol] : scratch.merges[read - 1]
      }
      scratch.symbols[write] = symbol
      write += 1
      read += isMerged ? 2 : 1
      previousIsMerged = isMerged
    }
    scratch.symbols.removeLast(count - write)
    scratch.merges.removeLast(count - write)
  }
}
