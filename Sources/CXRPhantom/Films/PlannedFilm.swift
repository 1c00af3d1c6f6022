// SPDX-License-Identifier: Apache-2.0

/// A picture that is still to be drawn and written.
struct PlannedFilm: Sendable {
  /// The path below the dataset's folder.
  let path: String
  let radiograph: PhantomRadiograph
  let width: Int
  let height: Int
  let format: FilmFormat
  var damage: FilmDamage?
}
