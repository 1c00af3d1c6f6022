// SPDX-License-Identifier: Apache-2.0

/// How many real images go with how many synthetic ones.
///
///     MixRatio("1:3")  // one real for three synthetic
///     MixRatio("25%")  // the same: a quarter is real
public struct MixRatio: Hashable, Codable, Sendable, CustomStringConvertible {
  /// The real images, at least 1, without a common divisor with ``synthetic``.
  public let real: Int
  /// The synthetic images that go with them, at least 1.
  public let synthetic: Int

  /// Creates a ratio in its lowest terms.
  ///
  /// - Parameters:
  ///   - real: The real images, at least 1.
  ///   - synthetic: The synthetic images that go with them, at least 1.
  public init(real: Int, synthetic: Int) {
    precondition(real > 0 && synthetic > 0, "a ratio has both kinds of images")
    var (divisor, rest) = (real, synthetic)
    while rest > 0 { (divisor, rest) = (rest, divisor % rest) }
    self.real = real / divisor
    self.synthetic = synthetic / divisor
  }

  /// Reads a ratio as it is typed; `nil` for what is none, and when either kind would be absent.
  ///
  /// - Parameter text: `REAL:SYNTHETIC` in whole numbers up to a million, or the share of real images
  ///   in percent, to three decimals.
  public init?(_ text: String) {
    let limit = 1_000_000
    if text.hasSuffix("%") {
      guard let percent = Double(text.dropLast()), percent > 0, percent < 100 else { return nil }
      let real = Int((percent * 1_000).rounded())
      guard real > 0, real < 100_000 else { return nil }
      self.init(real: real, synthetic: 100_000 - real)
    } else {
      let terms = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
      guard terms.count == 2, let real = terms[0], let synthetic = terms[1],
        (1...limit).contains(real), (1...limit).contains(synthetic)
      else { return nil }
      self.init(real: real, synthetic: synthetic)
    }
  }

  /// The ratio as it is typed.
  public var description: String { "\(real):\(synthetic)" }
}
