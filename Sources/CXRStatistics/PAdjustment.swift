// SPDX-License-Identifier: Apache-2.0

/// A correction of p-values for looking at several of them.
///
///     PAdjustment.holm.adjusted([0.01, nil, 0.04])  // [0.02, nil, 0.04]
///
/// An undefined p-value stays undefined and does not count as a test.
public enum PAdjustment: String, CaseIterable, Codable, Sendable {
  /// Multiplies by the number of tests.
  case bonferroni
  /// Bonferroni step-down; the default of reports.
  case holm
  /// Holm's factors, step-up; valid for independent or positively dependent tests.
  case hochberg
  /// Controls the false discovery rate (Benjamini & Hochberg).
  case benjaminiHochberg = "benjamini-hochberg"
  /// Controls the false discovery rate under any dependence (Benjamini & Yekutieli).
  case benjaminiYekutieli = "benjamini-yekutieli"

  /// Adjusts p-values.
  ///
  /// - Parameter pValues: The p-values of a family, `nil` where a test is undefined.
  /// - Returns: The adjusted p-values in the same order, at most 1.
  /// - Complexity: O(*n* log *n*).
  /// - SeeAlso: Holm, *Scand. J. Stat.* 6 (1979); Hochberg, *Biometrika* 75 (1988);
  ///   Benjamini & Hochberg, *JRSS B* 57 (1995); Benjamini & Yekutieli, *Ann. Stat.* 29 (2001).
  public func adjusted(_ pValues: [Double?]) -> [Double?] {
    let tests = pValues.enumerated()
      .compactMap { index, p in p.flatMap { $0.isNaN ? nil : (index: index, p: $0) } }
      .sorted { ($0.p, $0.index) < ($1.p, $1.index) }
    let count = tests.count
    let factors = (1...max(count, 1)).map { factor(rank: $0, count: count) }
    let scaled = zip(tests, factors).map { $0.p * $1 }
    let monotone: [Double]
    switch self {
    case .bonferroni: monotone = scaled
    case .holm: monotone = Self.running(scaled, max)
    case .hochberg, .benjaminiHochberg, .benjaminiYekutieli:
      monotone = Self.running(scaled.reversed(), min).reversed()
    }
    var result = [Double?](repeating: nil, count: pValues.count)
    for (test, p) in zip(tests, monotone) { result[test.index] = min(p, 1) }
    return result
  }

  /// What the p-value of a rank, counted from 1 for the smallest, is multiplied by.
  private func factor(rank: Int, count: Int) -> Double {
    switch self {
    case .bonferroni: Double(count)
    case .holm, .hochberg: Double(count - rank + 1)
    case .benjaminiHochberg: Double(count) / Double(rank)
    case .benjaminiYekutieli:
      (1...max(count, 1)).reduce(0) { $0 + 1 / Double($1) } * Double(count) / Double(rank)
    }
  }

  private static func running(
    _ values: [Double], _ pick: (Double, Double) -> Double
  ) -> [Double] {
    var last: Double?
    return values.map { value in
      let next = last.map { pick($0, value) } ?? value
      last = next
      return next
    }
  }
}
