// SPDX-License-Identifier: Apache-2.0
import Foundation
internal import CXRCore

extension RandomStream {
  /// Returns the *i*-th draw as a standard normal deviate (Box–Muller).
  ///
  /// The deviate at `i` is made of the words at `2i` and `2i + 1`.
  func normal(at i: Int) -> Double {
    let radius = (-2 * log(1 - unit(at: 2 * i))).squareRoot()
    return radius * cos(2 * .pi * unit(at: 2 * i + 1))
  }
}

/// The share of the standard normal distribution below a deviate.
func normalShare(below deviate: Double) -> Double { erfc(-deviate * 0.5.squareRoot()) / 2 }
