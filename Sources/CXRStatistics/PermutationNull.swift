// SPDX-License-Identifier: Apache-2.0

/// An observed difference and the differences of the permutations.
struct PermutationNull: Sendable {
  let observed: Double
  let values: [Double]
  let isExact: Bool

  /// Counts as equal what differs from the observed size by rounding only, as SciPy does.
  private static func threshold(_ observed: Double) -> Double {
    abs(observed) - 100 * Double.ulpOfOne * abs(observed)
  }

  /// The p-value of a count of exceedances.
  private func p(_ exceedances: Int) -> Double {
    isExact
      ? Double(exceedances) / Double(values.count)
      : Double(exceedances + 1) / Double(values.count + 1)
  }

  /// The test's result.
  var result: PermutationResult {
    let threshold = Self.threshold(observed)
    let exceedances = values.count { abs($0) >= threshold }
    let moments = SampleMoments(values)
    return PermutationResult(
      difference: observed, p: p(exceedances), exceedanceCount: exceedances,
      permutationCount: values.count, isExact: isExact, nullMean: moments.mean,
      nullStandardDeviation: moments.standardDeviation,
      monteCarloInterval: isExact
        ? nil : try? Proportion(successes: exceedances, of: values.count).wilson(),
      nullValues: values)
  }

  /// Adjusts p-values over a family by its largest studentised difference.
  ///
  /// A label whose permutations never differ cannot exceed anything; its adjusted p-value is 1.
  ///
  /// - Parameters:
  ///   - defined: The family's members that have a null, in order.
  ///   - family: All members; those without a null get `nil`.
  /// - Returns: One adjusted p-value per member.
  static func maxTAdjusted(
    _ defined: [PermutationNull], in family: [Result<PermutationNull, StatisticsError>]
  ) -> [Double?] {
    let scales = defined.map { null in
      let deviation = SampleMoments(null.values).standardDeviation
      return deviation > 0 ? 1 / deviation : 0
    }
    let largest = (defined.first?.values.indices ?? 0..<0).map { index in
      zip(defined, scales).reduce(0) { max($0, abs($1.0.values[index]) * $1.1) }
    }
    var adjusted = zip(defined, scales).map { null, scale in
      let threshold = threshold(null.observed * scale)
      return scale == 0 ? 1 : null.p(largest.count { $0 >= threshold })
    }.makeIterator()
    return family.map { (try? $0.get()) == nil ? nil : adjusted.next() }
  }
}
