// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// The size and pixel spacing that a detector gives its images, as the two releases write them.
struct PhantomDetector: Sendable {
  let width: Int
  let height: Int
  let spacing2017: String
  let spacing2020: String

  private init(_ width: Int, _ height: Int, _ spacing2017: String, _ spacing2020: String) {
    self.width = width
    self.height = height
    self.spacing2017 = spacing2017
    self.spacing2020 = spacing2020
  }

  private static let upright = PhantomDetector(2992, 2991, "0.143", "0.14300000000000002")
  private static let landscape = PhantomDetector(2500, 2048, "0.168", "0.168")
  private static let portrait = PhantomDetector(2048, 2500, "0.171", "0.171")
  private static let portable = PhantomDetector(3056, 2544, "0.139", "0.139")
  private static let square = PhantomDetector(2021, 2021, "0.194311", "0.19431099999999998")

  /// Chooses a detector by a draw in [0, 1): most views have a detector of their own.
  static func choose(share: Double, view: View) -> PhantomDetector {
    switch (view, share) {
    case (.pa, ..<0.60): upright
    case (.pa, ..<0.85): landscape
    case (.pa, _): portrait
    case (_, ..<0.45): landscape
    case (_, ..<0.88): portable
    default: square
    }
  }
}
