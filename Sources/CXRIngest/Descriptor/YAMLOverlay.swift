// SPDX-License-Identifier: Apache-2.0
internal import Yams

extension Node {
  /// Lays another node over this one: mappings are merged key by key, all else, and what bears the
  /// tag `!replace`, is replaced.
  func overlaid(by other: Node) -> Node {
    guard var base = mapping, let overlay = other.mapping, other.tag.description != "!replace"
    else { return other }
    for (key, value) in overlay {
      base[key] = base[key].map { $0.overlaid(by: value) } ?? value
    }
    return .mapping(base)
  }
}
