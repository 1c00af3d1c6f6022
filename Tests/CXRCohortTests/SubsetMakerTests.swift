// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCohort
import Testing

@Suite("Nested subsets")
struct SubsetMakerTests {
  static let pool = MadeUpPool(patientCount: 1000).pool
  static let orders: [SubsetMaker.Order] = [.random, .stratified(by: .all)]
  let split: SplitContent

  init() throws {
    split = try SplitMaker(
      name: "study", method: .proportions([PartShare("train", 0.8), PartShare("test", 0.2)]),
      seed: 1
    ).content(from: Self.pool)
  }

  private func subsets(
    _ shares: [Double], _ order: SubsetMaker.Order, seed: UInt32 = 1
  ) throws -> [SplitContent] {
    try SubsetMaker(of: split, part: "train", order: order, seed: seed)
      .subsets(of: Self.pool, shares: shares)
  }

  @Test("Each smaller one lies within the larger, whenever it is asked for", arguments: orders)
  func nested(_ order: SubsetMaker.Order) throws {
    let shares = [0.005, 0.01, 0.1, 0.25, 0.5]
    let nested = try subsets(shares, order)
    #expect(
      nested.map(\.name) == [
        "study-0.5pct", "study-1pct", "study-10pct", "study-25pct", "study-50pct",
      ])
    #expect(
      nested.map { SplitBalance(of: $0, in: Self.pool).parts[0].patientCount }
        == [4, 8, 80, 200, 400])
    for (small, large) in zip(nested, nested.dropFirst()) {
      #expect(small.partByImageName.allSatisfy { large.partByImageName[$0.key] == $0.value })
    }
    for (share, subset) in zip(shares, nested) {
      #expect(try subsets([share], order) == [subset])
    }
    #expect(try subsets([0.1], order, seed: 2)[0].partByImageName != nested[2].partByImageName)
  }

  @Test("The stratified order keeps the shares of labels better than the random one")
  func stratified() throws {
    let whole = SplitBalance(of: split, in: Self.pool, unit: .patients)
    let train = try #require(whole.parts.firstIndex { $0.name == "train" })
    let shares = Dictionary(
      uniqueKeysWithValues: whole.labels.map { ($0.name, $0.partShares[train]) })
    func deviation(_ order: SubsetMaker.Order) throws -> Double {
      try (1...5).map { seed in
        let subset = try subsets([0.1], order, seed: UInt32(seed))[0]
        return SplitBalance(of: subset, in: Self.pool, unit: .patients).labels
          .map { abs($0.share - (shares[$0.name] ?? 0)) }.max() ?? 0
      }.reduce(0, +) / 5
    }
    let random = try deviation(.random)
    #expect(try deviation(.stratified(by: .all)) < random / 2)
  }

  @Test("Refuses shares out of range or given twice, and parts that are not there")
  func refusals() {
    for shares in [[], [0], [1], [0.1, 0.1], [.nan]] {
      #expect(throws: SplitError.self) { try subsets(shares, .random) }
    }
    let error = #expect(throws: SplitError.self) {
      try SubsetMaker(of: split, part: "tain", seed: 1).subsets(of: Self.pool, shares: [0.1])
    }
    #expect(error?.message.contains("test and train") == true)
  }
}
