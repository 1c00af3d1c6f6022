// SPDX-License-Identifier: Apache-2.0

/// The pictures of a simulated dataset, counted while they were written.
///
/// A picture is smaller than the metadata say, except in VinDr-CXR, whose headers go with the
/// pixels; the table of the pictures gives the sizes.
public struct ImageTruth: Codable, Hashable, Sendable {
  /// The shorter side of each picture, in pixels.
  public internal(set) var side: Int
  /// The files, those of dropped records included.
  public internal(set) var fileCount = 0
  /// The files by the kind of file, such as `JPEG`.
  public internal(set) var filesByFormat: [String: Int] = [:]
  /// The files that cannot be decoded, by what is wrong with them.
  public internal(set) var unreadableByDamage: [String: Int] = [:]

  /// The files that cannot be decoded.
  public var unreadableCount: Int { unreadableByDamage.values.reduce(0, +) }

  init(side: Int) { self.side = side }

  /// Counts a file.
  mutating func count(_ film: PlannedFilm) {
    fileCount += 1
    filesByFormat[film.format.name, default: 0] += 1
    if let damage = film.damage { unreadableByDamage[damage.rawValue, default: 0] += 1 }
  }
}
