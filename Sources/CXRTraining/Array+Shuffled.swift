// SPDX-License-Identifier: Apache-2.0
public import CXRCore

extension Array {
  /// The first elements of the array in random order: a prefix of one and the same permutation.
  ///
  /// - Parameters:
  ///   - stream: The stream that decides.
  ///   - count: The number of elements.
  /// - Returns: `count` elements.
  /// - Complexity: O(*n*).
  public func shuffled(by stream: RandomStream, prefix count: Int) -> [Element] {
    var elements = self
    for position in 0..<count {
      let other = position + stream.index(at: position, below: elements.count - position)
      elements.swapAt(position, other)
    }
    return Array(elements.prefix(count))
  }
}
