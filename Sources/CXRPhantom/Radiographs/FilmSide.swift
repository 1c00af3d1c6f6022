// SPDX-License-Identifier: Apache-2.0

/// A side of the patient; on a frontal film the patient's right is at the left.
enum FilmSide: CaseIterable {
  case right
  case left

  /// The sign of x on a frontal film.
  var sign: Float { self == .right ? -1 : 1 }
}
