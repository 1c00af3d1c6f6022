// SPDX-License-Identifier: Apache-2.0

/// A part of a JSON document whose members are not known to a type, such as a JSON-LD context.
enum JSONNode: Encodable, Hashable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  case text(String)
  case list([JSONNode])
  case object([String: JSONNode])

  init(stringLiteral text: String) { self = .text(text) }

  init(arrayLiteral elements: JSONNode...) { self = .list(elements) }

  init(dictionaryLiteral members: (String, JSONNode)...) {
    self = .object(Dictionary(uniqueKeysWithValues: members))
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .list(let nodes): try container.encode(nodes)
    case .object(let members): try container.encode(members)
    }
  }
}
