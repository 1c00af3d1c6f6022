// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore

/// The order in which one radiograph is preferred to another of the same patient or study.
struct RadiographOrder {
  private let rule: RadiographChoice.Rule
  private let table: RadiographTable

  /// Prepares the order.
  ///
  /// - Throws: ``CohortError`` with code `.invalidDefinition` when radiographs are to be ordered by
  ///   time and the dataset knows neither times nor numbers of visits.
  init(
    _ rule: RadiographChoice.Rule, table: RadiographTable, dataset: String, rows: [Int]
  ) throws {
    self.rule = rule
    self.table = table
    guard rule == .firstAcquired, !rows.isEmpty else { return }
    let isOrdered = rows.contains {
      table.acquiredAt[$0] != nil || table.followUpNumbers[$0] != nil
    }
    guard isOrdered else {
      throw CohortError(
        .invalidDefinition,
        "\(dataset) does not say when its radiographs were taken; choose first-name or random.")
    }
  }

  /// Whether one row is preferred to another.
  func precedes(_ a: Int, _ b: Int) -> Bool {
    switch rule {
    case .firstName: break
    case .firstAcquired:
      // What has no time comes after what has one.
      let (x, y) = (table.acquiredAt[a] ?? "\u{10FFFF}", table.acquiredAt[b] ?? "\u{10FFFF}")
      if x != y { return x < y }
      let (m, n) = (table.followUpNumbers[a] ?? .max, table.followUpNumbers[b] ?? .max)
      if m != n { return m < n }
    case .random(let seed):
      let (x, y) = (draw(a, seed), draw(b, seed))
      if x != y { return x < y }
    }
    return table.imageNames[a] < table.imageNames[b]
  }

  private func draw(_ row: Int, _ seed: UInt64) -> UInt64 {
    RandomStream(seed: seed, purpose: "cohort.choice." + table.imageNames[row], index: 0).word(
      at: 0)
  }
}
