// SPDX-License-Identifier: Apache-2.0

/// A token as the files describe it: a bare string, or an object with flags.
struct TokenEntry: Decodable {
  let content: String
  let id: Int32?
  let normalized: Bool?
  let singleWord: Bool?

  private enum CodingKeys: String, CodingKey {
    case content, id, normalized
    case singleWord = "single_word"
  }

  init(content: String, id: Int32? = nil, normalized: Bool? = nil, singleWord: Bool? = nil) {
    self.content = content
    self.id = id
    self.normalized = normalized
    self.singleWord = singleWord
  }

  init(from decoder: any Decoder) throws {
    if let content = try? decoder.singleValueContainer().decode(String.self) {
      self.init(content: content)
    } else {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      self.init(
        content: try values.decode(String.self, forKey: .content),
        id: try values.decodeIfPresent(Int32.self, forKey: .id),
        normalized: try values.decodeIfPresent(Bool.self, forKey: .normalized),
        singleWord: try values.decodeIfPresent(Bool.self, forKey: .singleWord))
    }
  }

  /// Returns the same token with an id.
  func numbered(_ id: Int32) -> TokenEntry {
    TokenEntry(content: content, id: id, normalized: normalized, singleWord: singleWord)
  }
}
