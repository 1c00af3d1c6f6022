// SPDX-License-Identifier: Apache-2.0

/// NumPy's legacy generator, `numpy.random.RandomState`, bit for bit.
///
///     var random = NumPyRandomState(seed: 42)
///     random.permutation(count: 5)  // [1, 4, 2, 0, 3], as numpy.random.RandomState(42) gives
///
/// It exists to reproduce splits that others have published. For randomness of one's own use
/// ``RandomStream``, whose draws do not depend on their order.
///
/// - SeeAlso: Matsumoto & Nishimura, *ACM TOMACS* 8 (1998), <https://doi.org/10.1145/272991.272995>;
///   NumPy's compatibility policy freezes this generator,
///   <https://numpy.org/neps/nep-0019-rng-policy.html>.
public struct NumPyRandomState: Sendable {
  private static let wordCount = 624
  private static let middleDistance = 397

  private var words: [UInt32]
  private var position = Self.wordCount

  /// Creates the generator as `RandomState(seed)` does.
  ///
  /// - Parameter seed: The seed, the whole range that NumPy accepts.
  public init(seed: UInt32) {
    words = [seed]
    words.reserveCapacity(Self.wordCount)
    for index in 1..<UInt32(Self.wordCount) {
      let last = words[Int(index) - 1]
      words.append((last ^ last >> 30) &* 1_812_433_253 &+ index)
    }
  }

  /// Draws the next word of the Mersenne Twister MT19937.
  ///
  /// - Returns: 32 uniformly distributed bits.
  public mutating func nextWord() -> UInt32 {
    if position == Self.wordCount { twist() }
    var word = words[position]
    position += 1
    word ^= word >> 11
    word ^= word << 7 & 0x9D2C_5680
    word ^= word << 15 & 0xEFC6_0000
    return word ^ word >> 18
  }

  /// Draws a permutation as `RandomState.permutation(count)` does.
  ///
  /// - Parameter count: The number of elements, below 2³².
  /// - Returns: The numbers 0 ..< `count` in random order.
  public mutating func permutation(count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(word(upTo: UInt32(last))))
    }
    return order
  }

  /// Draws a number of at most `limit`, rejecting masked words that are larger.
  private mutating func word(upTo limit: UInt32) -> UInt32 {
    let mask = UInt32.max >> UInt32(limit.leadingZeroBitCount)
    var word = nextWord() & mask
    while word > limit { word = nextWord() & mask }
    return word
  }

  private mutating func twist() {
    for index in 0..<Self.wordCount {
      let next = words[(index + 1) % Self.wordCount]
      let joined = words[index] & 0x8000_0000 | next & 0x7FFF_FFFF
      let distant = words[(index + Self.middleDistance) % Self.wordCount]
      words[index] = distant ^ joined >> 1 ^ (joined & 1 == 0 ? 0 : 0x9908_B0DF)
    }
    position = 0
  }
}
