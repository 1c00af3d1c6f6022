// SPDX-License-Identifier: Apache-2.0

extension Sequence where Element: Hashable {
  /// The elements without repeats, in the order of their first appearance.
  ///
  /// - Complexity: O(*n*).
  public var distinct: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
