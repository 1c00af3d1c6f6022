// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCohort
import CXRCore
import Foundation
import Testing

@Suite("Iterative stratification")
struct IterativeStratificationTests {
  /// What two other programs reach on the same data; the file names script and versions.
  struct Reference: Decodable, Sendable {
    struct Case: Decodable, Sendable {
      let seed: UInt64
      let count: Int
      let folds: Int
      /// Of each peer the mean over its seeds of the labels' and the examples' distance.
      let labelDistance: [String: Double]
      let sizeDistance: [String: Double]
    }
    let cases: [Case]

    static func load() throws -> Reference {
      let url = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Golden/stratification.json")
      return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
    }
  }

  private static let labelCount = 14

  /// The script's items: label *l* is present with probability 0.5 · 0.7ˡ.
  private static func items(_ seed: UInt64, _ count: Int) -> [IterativeStratification.Item] {
    (0..<count).map { index in
      let stream = RandomStream(seed: seed, purpose: "stratification", index: index)
      let labels = (0..<labelCount).filter { stream.unit(at: $0) < 0.5 * pow(0.7, Double($0)) }
      return .init(size: 1, counts: Dictionary(uniqueKeysWithValues: labels.map { ($0, 1) }))
    }
  }

  /// The distances of the published algorithm's authors: of the labels' odds in each fold from those
  /// of the whole, and of the folds' sizes from those wanted.
  private static func distances(
    _ items: [IterativeStratification.Item], _ parts: [Int], folds: Int
  ) -> (labels: Double, sizes: Double) {
    let sizes = (0..<folds).map { fold in Double(parts.count { $0 == fold }) }
    let perLabel = (0..<labelCount).map { label in
      let counts = (0..<folds).map { fold in
        Double(items.indices.count { parts[$0] == fold && items[$0].counts[label] != nil })
      }
      let all = counts.reduce(0, +)
      let odds = all / (Double(items.count) - all)
      return zip(counts, sizes).map { abs($0 / ($1 - $0) - odds) }.reduce(0, +) / Double(folds)
    }
    let wanted = Double(items.count) / Double(folds)
    return (
      perLabel.reduce(0, +) / Double(labelCount),
      sizes.map { abs($0 - wanted) }.reduce(0, +) / Double(folds)
    )
  }

  @Test("Is as even as other programs' on the same data", arguments: try Reference.load().cases)
  func peers(_ reference: Reference.Case) throws {
    let items = Self.items(reference.seed, reference.count)
    let shares = Array(repeating: 1 / Double(reference.folds), count: reference.folds)
    let reached = (UInt64(0)..<5).map { seed in
      let parts = IterativeStratification(shares: shares).parts(of: items, seed: seed)
      return Self.distances(items, parts, folds: reference.folds)
    }
    let labels = reached.map(\.labels).reduce(0, +) / 5
    let sizes = reached.map(\.sizes).reduce(0, +) / 5
    let bestLabels = try #require(reference.labelDistance.values.min())
    #expect(labels <= bestLabels + 1e-12, "\(labels) against \(reference.labelDistance)")
    let bestSizes = try #require(reference.sizeDistance.values.min())
    #expect(sizes <= bestSizes + 0.5, "\(sizes) against \(reference.sizeDistance)")
  }

  @Test("Gives each part its share to within one item per label", arguments: UInt64(0)..<20)
  func exactShares(_ seed: UInt64) {
    // Items with one label each can be divided exactly.
    let items = (0..<100).map { IterativeStratification.Item(size: 1, counts: [$0 % 4: 1]) }
    let parts = IterativeStratification(shares: [0.6, 0.2, 0.2]).parts(of: items, seed: seed)
    for label in 0..<4 {
      let counts = (0..<3).map { part in
        items.indices.count { $0 % 4 == label && parts[$0] == part }
      }
      #expect(counts == [15, 5, 5])
    }
  }

  @Test("Divides items without labels by size, and nothing into nothing")
  func unlabelled() {
    let items = (1...10).map { IterativeStratification.Item(size: Double($0), counts: [:]) }
    let parts = IterativeStratification(shares: [0.6, 0.4]).parts(of: items, seed: 1)
    let size = items.indices.filter { parts[$0] == 0 }.reduce(0) { $0 + items[$1].size }
    #expect(abs(size - 33) <= 1)
    #expect(IterativeStratification(shares: [0.5, 0.5]).parts(of: [], seed: 1) == [])
  }

  @Test("Stratified patients are more even than random ones, by images and by patients")
  func moreEven() throws {
    let pool = MadeUpPool(patientCount: 1000).pool
    for unit in BalanceUnit.allCases {
      func deviation(_ method: DivisionMethod) throws -> Double {
        let split = try SplitMaker(name: "s", method: method, seed: 1).content(from: pool)
        return SplitBalance(of: split, in: pool, unit: unit).worstLabel?.deviation ?? 0
      }
      let stratified = try deviation(
        .stratified(SplitMakerTests.parts, by: .all, balancing: unit))
      #expect(try stratified < deviation(.proportions(SplitMakerTests.parts)) / 2)
      #expect(stratified < 0.02)
    }
  }

  @Test("Large patients go to every part, not to the largest", arguments: UInt32(0)..<5)
  func largePatients(_ seed: UInt32) throws {
    let pool = MadeUpPool(patientCount: 2000, largestCount: 30).pool
    let method = DivisionMethod.stratified(SplitMakerTests.parts, by: .all, balancing: .images)
    let split = try SplitMaker(name: "s", method: method, seed: seed).content(from: pool)
    let parts = SplitBalance(of: split, in: pool).parts
    for (part, share) in zip(parts, [0.7, 0.2, 0.1]) {
      // Where parts get patients of all sizes, a part's share of patients is near that of images;
      // dealing out by what is lacking in all, not relative to the share, misses by 0.08.
      #expect(abs(Double(part.patientCount) / 2000 - share) < 0.03, "\(part)")
      #expect(abs(Double(part.radiographCount) / Double(pool.radiographCount) - share) < 0.001)
    }
  }

  @Test("The balance counts what a hand counts")
  func balance() throws {
    func radiograph(_ name: String, _ patient: String, _ findings: [Finding]) -> SplitCandidate {
      SplitCandidate(imageName: name, patientKey: patient, positiveFindings: findings)
    }
    let pool = SplitPool([
      radiograph("a", "1", [.edema]), radiograph("b", "1", []), radiograph("c", "1", []),
      radiograph("d", "2", [.edema]),
    ])
    let split = SplitContent(
      name: "s", method: "", seed: nil, detail: "",
      partByImageName: ["a": "x", "b": "x", "c": "x", "d": "y"])
    let images = SplitBalance(of: split, in: pool)
    #expect(images.parts.map(\.radiographCount) == [3, 1])
    #expect(images.labels.map(\.name) == ["Edema"])
    #expect(images.worstLabel?.share == 0.5)
    #expect(images.worstLabel?.partShares == [1.0 / 3, 1])
    #expect(images.worstLabel?.deviation == 0.5)
    #expect(SplitBalance(of: split, in: pool, unit: .patients).labels.isEmpty)
  }
}
