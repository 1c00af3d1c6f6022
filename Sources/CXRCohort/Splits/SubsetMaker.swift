// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRCore

/// Makes nested subsets of one part, to measure how many labels a model needs.
///
///     let maker = SubsetMaker(of: split, part: "train", seed: 1)
///     try maker.subsets(of: pool, shares: [0.01, 0.1]).map(\.name)  // ["study-1pct", "study-10pct"]
///
/// The patients of the part are put into one order, and each subset takes them from the front: a
/// smaller subset lies within every larger one, and asking for another share later changes none.
public struct SubsetMaker: Sendable {
  /// How patients are ordered.
  public enum Order: Hashable, Sendable {
    /// At random.
    case random
    /// So that every twentieth, and every fifth of these, has its share of each label by patient:
    /// 1 %, 5 %, 10 % and so on are stratified, other shares nearly so.
    case stratified(by: Strata)
  }

  /// The split whose part is thinned out.
  public let split: SplitContent
  /// The name of the part.
  public let part: String
  /// How patients are ordered.
  public let order: Order
  /// The seed.
  public let seed: UInt32

  /// Creates a maker.
  ///
  /// - Parameters:
  ///   - split: The split whose part is thinned out.
  ///   - part: The name of the part.
  ///   - order: How patients are ordered.
  ///   - seed: The seed.
  public init(of split: SplitContent, part: String, order: Order = .random, seed: UInt32) {
    self.split = split
    self.part = part
    self.order = order
    self.seed = seed
  }

  /// Makes the subsets, each a split of one part, named like the whole one.
  ///
  /// - Parameters:
  ///   - pool: The radiographs of the dataset.
  ///   - shares: The share of the part's patients that each subset has, between 0 and 1; rounded to
  ///     whole patients, one at least.
  /// - Returns: The subsets, in the order of the shares.
  /// - Throws: ``SplitError`` with code `.invalidOption` for a share out of range or given twice, and
  ///   `.emptyPart` when the split has no such part.
  public func subsets(
    of pool: SplitPool, shares: [Double]
  ) throws(SplitError) -> [SplitContent] {
    guard !shares.isEmpty, shares.allSatisfy({ $0 > 0 && $0 < 1 }),
      Set(shares.map(Self.percent)).count == shares.count
    else {
      throw SplitError(.invalidOption, "Shares must lie between 0 and 1 and differ.")
    }
    let whole = pool.part(part, of: split)
    guard !whole.patients.isEmpty else {
      let parts = Set(split.partByImageName.values).sorted()
      throw SplitError(
        .emptyPart, "Split \(split.name) has no part \(part); it has \(NumberText.list(parts)).")
    }
    let patients = ordered(whole)
    return shares.map { share in
      let count = max(1, Int((share * Double(patients.count)).rounded()))
      let taken = Dictionary(uniqueKeysWithValues: patients.prefix(count).map { ($0, part) })
      return SplitContent(
        name: Self.name(of: split.name, share: share),
        method: SplitContent.subsetMethod(of: split.name) + "\(part), \(orderText)",
        seed: Int(seed),
        detail: "\(count) of \(patients.count) patients",
        partByImageName: whole.partByImageName(taken))
    }
  }

  private var orderText: String {
    switch order {
    case .random: "random order"
    case .stratified(let strata): "stratified by \(strata)"
    }
  }

  private func ordered(_ pool: SplitPool) -> [String] {
    let shuffled = PatientKey.shuffled(pool.patients.map(\.key), seed: seed)
    guard case .stratified(let strata) = order else { return shuffled }
    let items = LabelledPatients(pool, strata: strata, unit: .patients).items
    let keys = pool.patients.map(\.key)
    let numbers = Dictionary(uniqueKeysWithValues: zip(keys, keys.indices))
    return Self.stratified(shuffled.compactMap { numbers[$0] }, items, into: [20, 5], seed: seed)
      .map { keys[$0] }
  }

  /// Puts items in an order whose every twentieth, and every fifth of these, has its share of labels.
  private static func stratified(
    _ order: [Int], _ items: [IterativeStratification.Item], into counts: [Int], seed: UInt32
  ) -> [Int] {
    guard let count = counts.first else { return order }
    let pieces = IterativeStratification(shares: Array(repeating: 1 / Double(count), count: count))
      .parts(of: order.map { items[$0] }, seed: UInt64(seed))
    return (0..<count).flatMap { piece in
      stratified(
        zip(order, pieces).filter { $0.1 == piece }.map(\.0), items,
        into: Array(counts.dropFirst()), seed: seed)
    }
  }

  /// The name that the subset of a split gets.
  ///
  /// - Parameters:
  ///   - split: The name of the split.
  ///   - share: The share of the patients, between 0 and 1.
  /// - Returns: The name, such as `study-10pct`.
  public static func name(of split: String, share: Double) -> String {
    "\(split)-\(percent(share))pct"
  }

  /// A share in percent, such as `1`, `10` or `0.5`.
  private static func percent(_ share: Double) -> String {
    let percent = (share * 1e8).rounded() / 1e6
    return percent == percent.rounded() ? String(Int(percent)) : String(percent)
  }
}
