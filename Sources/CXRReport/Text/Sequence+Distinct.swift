// SPDX-License-Identifier: Apache-2.0

extension Sequence where Element: Hashable {
  /// The elements without repeats, each at its first place.
  var distinct: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
