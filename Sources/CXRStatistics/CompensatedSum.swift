// SPDX-License-Identifier: Apache-2.0

/// A sum that carries the rounding error of each addition along.
///
/// Its relative error stays at one rounding however many terms are added.
///
/// - SeeAlso: Neumaier, *Zeitschrift für Angewandte Mathematik und Mechanik* 54 (1974),
///   <https://doi.org/10.1002/zamm.19740540106>.
struct CompensatedSum {
  private var sum = 0.0
  private var lost = 0.0

  /// The sum of the terms so far.
  var value: Double { sum + lost }

  /// Adds a term.
  ///
  /// - Parameter term: A finite number.
  mutating func add(_ term: Double) {
    let next = sum + term
    lost += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }
}
