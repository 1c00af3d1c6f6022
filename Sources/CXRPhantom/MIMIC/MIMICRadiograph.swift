// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// A simulated radiograph of MIMIC-CXR: its identifier and what the metadata say of its view.
struct MIMICRadiograph {
  /// What the tube and the detector did, whatever the metadata say of it.
  enum Projection {
    case pa, ap, lateral

    /// The view that the picture shows.
    var view: View {
      switch self {
      case .pa: .pa
      case .ap: .ap
      case .lateral: .lateral
      }
    }
  }

  let dicomID: String
  let projection: Projection
  /// The number of the picture, which a copy shares with its original.
  let film: Int
  let viewPosition: String
  let viewCode: String
  let rows: Int
  let columns: Int
  /// The view by the default rule.
  let view: View
  let quirks: Set<MIMICQuirk>

  /// Draws a radiograph.
  ///
  /// - Parameters:
  ///   - projection: What was done.
  ///   - index: A number that no other radiograph has.
  ///   - seed: The seed of every draw.
  ///   - planted: The planted quirks; those that follow are added.
  init(projection: Projection, index: Int, seed: UInt64, quirks planted: Set<MIMICQuirk>) {
    var draws = PhantomDraws(seed: seed, purpose: "phantom.mimic.radiograph", index: index)
    dicomID = (0..<5).map { _ in draws.hexDigits(8) }.joined(separator: "-")
    self.projection = projection
    film = index
    (rows, columns) = draws.pick(projection == .ap ? Self.portableSizes : Self.uprightSizes)
    var quirks = planted
    let words = Self.words(projection, draws: &draws)
    let capitalised = words.code.prefix(1).uppercased() + words.code.dropFirst()
    if let word = quirks.lazy.compactMap(\.viewWord).min() {
      // A decubitus film keeps the code of its projection: the position decides.
      quirks.subtract([.viewCodeUsed, .viewCodeCapitalised, .viewUnknown])
      quirks = quirks.filter { $0.viewWord == nil || $0.viewWord == word }
      (viewPosition, viewCode, view) = (word, words.code, .other)
    } else if quirks.contains(.viewUnknown) {
      quirks.subtract([.viewCodeUsed, .viewCodeCapitalised])
      (viewPosition, viewCode, view) = ("", "", .unknown)
    } else if quirks.contains(.viewCodeCapitalised) {
      quirks.remove(.viewCodeUsed)
      (viewPosition, viewCode, view) = ("", capitalised, words.view)
    } else if quirks.contains(.viewCodeUsed) {
      (viewPosition, viewCode, view) = ("", words.code, words.view)
    } else {
      (viewPosition, viewCode, view) = (words.position, words.code, words.view)
      if words.position == "LL" { quirks.insert(.viewLL) }
    }
    if viewPosition.isEmpty { quirks.insert(.viewPositionBlank) }
    self.quirks = quirks
  }

  /// The same radiograph under another identifier.
  init(copyOf original: MIMICRadiograph, index: Int, seed: UInt64) {
    var draws = PhantomDraws(seed: seed, purpose: "phantom.mimic.radiograph", index: index)
    dicomID = (0..<5).map { _ in draws.hexDigits(8) }.joined(separator: "-")
    projection = original.projection
    film = original.film
    viewPosition = original.viewPosition
    viewCode = original.viewCode
    rows = original.rows
    columns = original.columns
    view = original.view
    quirks = original.quirks.union([.radiographTwice])
  }

  private static func words(
    _ projection: Projection, draws: inout PhantomDraws
  ) -> (position: String, code: String, view: View) {
    let isNamedLeft = draws.happens(0.3)
    return switch projection {
    case .pa: ("PA", "postero-anterior", .pa)
    case .ap: ("AP", "antero-posterior", .ap)
    case .lateral: isNamedLeft ? ("LL", "left lateral", .lateral) : ("LATERAL", "lateral", .lateral)
    }
  }

  private static let uprightSizes = [(3056, 2544), (3050, 2539), (2022, 1736), (2021, 2021)]
  private static let portableSizes = [(2544, 3056), (3056, 2544), (2539, 3050)]
}
