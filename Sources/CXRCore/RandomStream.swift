// SPDX-License-Identifier: Apache-2.0

/// A counter-based stream of random numbers: every draw is a pure function of its key.
///
///     let stream = RandomStream(seed: 7, index: 3)
///     stream.word(at: 0)  // the same on every thread, in any order
///
/// The state of a stream is `mix(seed ^ (index + 1) · 0xD1342543DE82EF95)`, its *i*-th word
/// `mix(state + (i + 1) · 0x9E3779B97F4A7C15)`, both with the SplitMix64 finaliser. Results
/// therefore cannot depend on thread count, on order, or on which streams are skipped.
///
/// - SeeAlso: Steele, Lea & Flood, *OOPSLA* 2014, <https://doi.org/10.1145/2660193.2660195>.
public struct RandomStream: Sendable {
  @usableFromInline let state: UInt64

  /// Creates a stream.
  ///
  /// - Parameters:
  ///   - seed: The seed of the whole run.
  ///   - index: The number of the stream within the run, such as a resample's.
  @inlinable
  public init(seed: UInt64, index: Int) {
    self.init(state: Self.mix(seed ^ ((UInt64(index) &+ 1) &* 0xD134_2543_DE82_EF95)))
  }

  @inlinable
  init(state: UInt64) { self.state = state }

  /// Creates a stream for a named purpose, so that purposes never share their draws.
  ///
  /// - Parameters:
  ///   - seed: The seed of the whole run.
  ///   - purpose: What the draws are for, such as `phantom.age`.
  ///   - index: The number of the stream within its purpose.
  public init(seed: UInt64, purpose: String, index: Int) {
    // FNV-1a: short, documented, and the same in every language.
    let hash = purpose.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3
    }
    self.init(seed: Self.mix(seed ^ hash), index: index)
  }

  /// Returns the *i*-th 64-bit word.
  ///
  /// - Parameter i: The position in the stream, from 0.
  /// - Returns: A uniformly distributed word.
  @inlinable
  public func word(at i: Int) -> UInt64 {
    Self.mix(state &+ (UInt64(truncatingIfNeeded: i) &+ 1) &* 0x9E37_79B9_7F4A_7C15)
  }

  /// Returns the *i*-th draw as an index in 0 ..< `count`.
  ///
  /// - Parameters:
  ///   - i: The position in the stream, from 0.
  ///   - count: The number of choices, below 2³².
  /// - Returns: An index; the bias is below `count` / 2³².
  @inlinable
  public func index(at i: Int, below count: Int) -> Int {
    Int(truncatingIfNeeded: ((word(at: i) >> 32) &* UInt64(truncatingIfNeeded: count)) >> 32)
  }

  /// Returns the *i*-th draw as a fair coin.
  ///
  /// - Parameter i: The position in the stream, from 0.
  /// - Returns: `true` or `false` with equal probability.
  @inlinable
  public func coin(at i: Int) -> Bool { word(at: i) >> 63 == 1 }

  /// Returns the *i*-th draw as a number in [0, 1).
  ///
  /// - Parameter i: The position in the stream, from 0.
  /// - Returns: A multiple of 2⁻⁵³.
  @inlinable
  public func unit(at i: Int) -> Double { Double(word(at: i) >> 11) * 0x1p-53 }

  @inlinable
  static func mix(_ word: UInt64) -> UInt64 {
    var z = word
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
