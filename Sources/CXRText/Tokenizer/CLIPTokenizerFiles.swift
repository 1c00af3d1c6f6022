// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// What the files of a CLIP tokenizer say.
struct CLIPTokenizerFiles {
  private(set) var vocabulary: [String: Int32] = [:]
  private(set) var merges: [(left: String, right: String)] = []
  private(set) var addedTokens: [AddedToken] = []
  private(set) var start: Int32 = 0
  private(set) var end: Int32 = 0
  private(set) var pad: Int32 = 0
  private(set) var unknown: Int32 = 0
  private(set) var contextLength = 77

  private let folder: URL
  private var entries: [String: TokenEntry] = [:]

  /// The spelling of every id; empty where ids have gaps.
  var spellings: [String] {
    var spellings = Array(repeating: "", count: Int(vocabulary.values.max() ?? -1) + 1)
    for (spelling, id) in vocabulary { spellings[Int(id)] = spelling }
    return spellings
  }

  /// Reads the files of a folder or of its subfolder `tokenizer`.
  init(folder: String) throws(TextError) {
    let named = URL(filePath: folder)
    let candidates = [named, named.appending(path: "tokenizer")]
    let found = candidates.first { candidate in
      ["tokenizer.json", "vocab.json"].contains { candidate.holds($0) }
    }
    guard let found else {
      throw TextError(
        .missing,
        "\(folder) has neither tokenizer.json nor vocab.json; name the tokenizer folder of a "
          + "CLIP text encoder.")
    }
    self.folder = found
    if found.holds("tokenizer.json") {
      try readTokenizerFile()
    } else {
      try readVocabularyAndMerges()
    }
    try readSpecialTokens()
  }

  private mutating func readTokenizerFile() throws(TextError) {
    let file = try decoded(TokenizerFile.self, from: "tokenizer.json")
    guard file.model.type ?? "BPE" == "BPE",
      file.model.endOfWordSuffix == BytePairEncoder.endOfWord
    else {
      throw TextError(
        .unsupported,
        "\(path("tokenizer.json")) is no CLIP tokenizer (a byte-pair encoding whose words end in "
          + "\(BytePairEncoder.endOfWord)); name the folder of a CLIP text encoder.")
    }
    vocabulary = file.model.vocab
    merges = file.model.merges.map { ($0.left, $0.right) }
    for token in file.addedTokens ?? [] {
      try add(token, in: "tokenizer.json")
    }
  }

  private mutating func readVocabularyAndMerges() throws(TextError) {
    vocabulary = try decoded([String: Int32].self, from: "vocab.json")
    let text = String(decoding: try data("merges.txt"), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    merges.reserveCapacity(lines.count)
    for (number, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#version") {
      let parts = line.split(separator: " ")
      guard parts.count == 2 else {
        throw TextError(
          .malformed,
          "\(path("merges.txt")), line \(number + 1): expected two tokens and a blank between; "
            + "download the file again.")
      }
      merges.append((String(parts[0]), String(parts[1])))
    }
  }

  /// Finds the start, end, pad and unknown tokens.
  ///
  /// `special_tokens_map.json` overrules `tokenizer_config.json`, as it does for the loaders that
  /// the published models were made with, unless the latter lists `added_tokens_decoder`.
  private mutating func readSpecialTokens() throws(TextError) {
    var special: [SpecialToken: TokenEntry] = [:]
    var mapIsRead = true
    if folder.holds("tokenizer_config.json") {
      let config = try decoded(TokenizerConfig.self, from: "tokenizer_config.json")
      special = config.special.byToken
      if let length = config.maximumLength, 3...4096 ~= length { contextLength = Int(length) }
      for (id, token) in (config.added ?? [:]).sorted(by: { $0.key < $1.key }) {
        try add(token.numbered(Int32(id)), in: "tokenizer_config.json")
      }
      mapIsRead = config.added == nil
    }
    if mapIsRead, folder.holds("special_tokens_map.json") {
      let map = try decoded(SpecialTokens.self, from: "special_tokens_map.json")
      special.merge(map.byToken) { $1 }
    }
    if folder.holds("added_tokens.json") {
      let added = try decoded([String: Int32].self, from: "added_tokens.json")
      for (content, id) in added.sorted(by: { $0.key < $1.key }) {
        try add(TokenEntry(content: content, id: id, normalized: true), in: "added_tokens.json")
      }
    }
    // An entry of tokenizer.json carries its own flags; otherwise the last mention of a text counts.
    let known = Set(entries.keys)
    for token in SpecialToken.allCases {
      let entry = special[token] ?? TokenEntry(content: token.standard)
      if !known.contains(entry.content) { try add(entry, in: "special_tokens_map.json") }
    }
    func id(_ token: SpecialToken) throws(TextError) -> Int32 {
      try self.id(of: special[token]?.content ?? token.standard, in: "special_tokens_map.json")
    }
    start = try id(.start)
    end = try id(.end)
    pad = try id(.pad)
    unknown = try id(.unknown)
    addedTokens = try entries.sorted { $0.key < $1.key }.map { content, entry throws(TextError) in
      AddedToken(
        content, token: try self.id(of: content, in: "tokenizer_config.json"),
        isNormalized: entry.normalized ?? false)
    }
  }

  private mutating func add(_ entry: TokenEntry, in file: String) throws(TextError) {
    guard !entry.content.isEmpty, entry.singleWord != true else {
      throw TextError(
        .unsupported,
        "\(path(file)) adds an empty token or one of whole words only, which no CLIP tokenizer "
          + "does; remove it.")
    }
    if let id = entry.id, id >= 0 { vocabulary[entry.content] = vocabulary[entry.content] ?? id }
    _ = try id(of: entry.content, in: file)
    entries[entry.content] = entry
  }

  private func id(of content: String, in file: String) throws(TextError) -> Int32 {
    guard let id = vocabulary[content] else {
      throw TextError(
        .malformed,
        "\(path(file)): the token \(content) is not in the vocabulary; take all files from the "
          + "same model.")
    }
    return id
  }

  private func path(_ file: String) -> String { folder.appending(path: file).path }

  private func data(_ file: String) throws(TextError) -> Data {
    do {
      return try Data(contentsOf: folder.appending(path: file))
    } catch {
      throw TextError(
        .missing, "\(path(file)) cannot be read; download it again or check its permissions.",
        cause: error)
    }
  }

  private func decoded<Content: Decodable>(
    _ type: Content.Type, from file: String
  ) throws(TextError) -> Content {
    let data = try data(file)
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch {
      throw TextError(
        .malformed, "\(path(file)) is not what its name says; download it again.", cause: error)
    }
  }
}

extension URL {
  fileprivate func holds(_ file: String) -> Bool {
    FileManager.default.fileExists(atPath: appending(path: file).path)
  }
}
