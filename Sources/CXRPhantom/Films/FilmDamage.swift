// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// How a picture's file is spoilt, as some official ones are.
enum FilmDamage: String, CaseIterable {
  /// The file ends in the middle.
  case truncated
  /// The file is empty.
  case empty
  /// Bytes in the middle are not what was written.
  case altered

  /// The numbers of the patients whose first picture is spoilt in every phantom.
  private static let exemplars: [Int: FilmDamage] = [3: .truncated, 6: .empty, 9: .altered]

  /// The share of PadChest's pictures that public lists name as unreadable: 63 of 160,861.
  private static let share = 63.0 / 160_861

  /// Draws the damage of one of PadChest's pictures.
  ///
  /// - Parameters:
  ///   - patient: The number of the patient, from 1.
  ///   - film: The number of the picture among the patient's, from 0.
  ///   - seed: The seed of every draw.
  /// - Returns: The damage; `nil` for nearly all.
  static func draw(patient: Int, film: Int, seed: UInt64) -> FilmDamage? {
    if film == 0, let exemplar = exemplars[patient] { return exemplar }
    var draws = PhantomDraws(
      seed: seed, purpose: "phantom.film.damage", index: patient * 1_000 + film)
    return draws.happens(share) ? draws.pick(allCases) : nil
  }

  /// Spoils a file.
  func apply(to bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .truncated: return Array(bytes.prefix(bytes.count * 3 / 5))
    case .empty: return []
    case .altered:
      var bytes = bytes
      for index in bytes.count / 2..<min(bytes.count / 2 + 16, bytes.count) { bytes[index] ^= 0x5A }
      return bytes
    }
  }
}
