// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// Items that are being dealt out to parts.
struct StratificationDeal {
  /// The size of each item, and how much it has of each label, by ascending label: sums of numbers
  /// depend on their order.
  private let items: [(size: Double, counts: [(label: Int, count: Double)])]
  private let itemsByLabel: [[Int]]
  private let shares: [Double]
  private let stream: RandomStream
  /// How much there is overall and of each label.
  private let size: Double
  private let totals: [Double]
  /// The part of each item; −1 before it has one.
  private(set) var parts: [Int]
  /// How much each part still lacks overall, and of each label.
  private var room: [Double]
  private var wanted: [[Double]]
  /// How many items of each label have no part yet.
  private var leftCounts: [Int]

  /// The most rounds in which items are moved; a handful is usual.
  private static let roundLimit = 20

  init(_ items: [IterativeStratification.Item], shares: [Double], seed: UInt64) {
    let labelCount = (items.lazy.compactMap { $0.counts.keys.max() }.max() ?? -1) + 1
    var byLabel = [[Int]](repeating: [], count: labelCount)
    var totals = [Double](repeating: 0, count: labelCount)
    self.items = items.map { item in
      (item.size, item.counts.sorted { $0.key < $1.key }.map { (label: $0.key, count: $0.value) })
    }
    for (index, item) in self.items.enumerated() {
      for (label, count) in item.counts {
        byLabel[label].append(index)
        totals[label] += count
      }
    }
    let size = items.reduce(0) { $0 + $1.size }
    itemsByLabel = byLabel
    self.shares = shares
    stream = RandomStream(seed: seed, purpose: "split.stratified", index: 0)
    self.size = size
    self.totals = totals
    parts = Array(repeating: -1, count: items.count)
    room = shares.map { $0 * size }
    wanted = shares.map { share in totals.map { share * $0 } }
    leftCounts = byLabel.map(\.count)
  }

  /// The label with the fewest items left, or `nil` when none is left.
  func rarestLabel() -> Int? {
    leftCounts.indices.filter { leftCounts[$0] > 0 }.min { leftCounts[$0] < leftCounts[$1] }
  }

  /// Gives parts to the items of a label that have none yet.
  mutating func dealOut(_ label: Int) {
    let open = itemsByLabel[label].filter { parts[$0] < 0 }.map { index in
      (index: index, weight: items[index].counts.first { $0.label == label }?.count ?? 0)
    }
    for index in inOrder(open) { assign(index) { $0.wanted[$1][label] } }
  }

  /// Gives parts to the items without labels.
  mutating func dealOutRest() {
    let open = items.indices.filter { parts[$0] < 0 }.map { (index: $0, weight: items[$0].size) }
    for index in inOrder(open) { assign(index) { $0.room[$1] } }
  }

  /// Moves items one by one as long as that brings the parts closer to their shares.
  mutating func even() {
    let order = inOrder(items.indices.map { (index: $0, weight: 0) })
    for _ in 0..<Self.roundLimit {
      var hasMoved = false
      for index in order {
        let own = parts[index]
        let loss = distance(adding: index, times: -1, to: own)
        let gains = room.indices.map { part in
          part == own ? 0 : loss + distance(adding: index, times: 1, to: part)
        }
        // Less than this is rounding, and could go back and forth.
        guard let best = gains.indices.min(by: { gains[$0] < gains[$1] }), gains[best] < -1e-9
        else { continue }
        put(index, into: own, times: -1)
        put(index, into: best, times: 1)
        parts[index] = best
        hasMoved = true
      }
      if !hasMoved { return }
    }
  }

  /// The heaviest items first, because light ones even out what heavy ones leave.
  private func inOrder(_ open: [(index: Int, weight: Double)]) -> [Int] {
    open.map { (weight: $0.weight, draw: stream.word(at: $0.index), index: $0.index) }
      .sorted { ($1.weight, $0.draw, $0.index) < ($0.weight, $1.draw, $1.index) }.map(\.index)
  }

  /// Puts an item into the part that lacks most, relative to its share.
  private mutating func assign(_ index: Int, lack: (Self, Int) -> Double) {
    var best = 0
    var bestKey = (-Double.infinity, -Double.infinity, UInt64.min)
    for part in room.indices {
      let draw = stream.word(at: items.count + index * room.count + part)
      let key = (lack(self, part) / shares[part], room[part] / shares[part], draw)
      if key > bestKey { (best, bestKey) = (part, key) }
    }
    parts[index] = best
    put(index, into: best, times: 1)
    for (label, _) in items[index].counts { leftCounts[label] -= 1 }
  }

  private mutating func put(_ index: Int, into part: Int, times sign: Double) {
    room[part] -= sign * items[index].size
    for (label, count) in items[index].counts { wanted[part][label] -= sign * count }
  }

  /// By how much a part's distance from its share grows with an item more, or one less.
  ///
  /// The distance is the sum over the labels, and the size, of what is lacking, squared, in units of
  /// what is wanted.
  private func distance(adding index: Int, times sign: Double, to part: Int) -> Double {
    func growth(_ lack: Double, _ count: Double, of total: Double) -> Double {
      count * (count - 2 * sign * lack) / (shares[part] * total)
    }
    return items[index].counts.reduce(growth(room[part], items[index].size, of: size)) {
      sum, entry in
      sum + growth(wanted[part][entry.label], entry.count, of: totals[entry.label])
    }
  }
}
