// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRStatistics
import CXRTestSupport
import Testing

@Suite("AUROC")
struct AUROCTests {
  @Test(
    "Equals the exact fractions, bit for bit", .enabled(if: Shared.isPresent),
    arguments: GoldenTables.predictions)
  func equalsExactFractions(name: String) throws {
    let golden = try Golden.json("golden_exact.json")[name]
    let table = try GoldenTables.table(name)
    for label in Golden.labels {
      for model in ["a", "b"] {
        let expected = try golden["\(model)_\(label)"]
        let ranked = try GoldenColumn(table, model: model, label: label).ranked()
        let auroc = try AUROC(ranked)
        #expect(auroc.numerator == (try expected["auroc_numerator"].integer))
        #expect(auroc.denominator == (try expected["auroc_denominator"].integer))
        #expect(auroc.value == (try expected["auroc"].number))
        // The golden is an exact rational, rounded once.
        let precision = try AveragePrecision(ranked).value
        #expect(precision.isClose(to: try expected["ap"].number, relative: 1e-15))
        #expect(ranked.tieEnds.count == (try expected["distinct"].integer))
      }
    }
  }

  @Test("Counts pairs", arguments: [UInt64(1), 2, 3, 4], [2, 3, 30])
  func countsPairs(seed: UInt64, levels: Int) throws {
    let table = Simulated(seed: seed, count: 60, levels: levels)
    let scores = table.scores[0]
    let (positives, negatives) = (
      table.labels.indices.filter { table.labels[$0] },
      table.labels.indices.filter { !table.labels[$0] }
    )
    var halves = 0
    for p in positives {
      for n in negatives where scores[p] >= scores[n] { halves += scores[p] > scores[n] ? 2 : 1 }
    }
    let auroc = try AUROC(scores: scores, labels: table.labels)
    #expect(auroc.numerator == halves)
    #expect(auroc.denominator == 2 * positives.count * negatives.count)
  }

  @Test("Depends on the order of scores only, and on no order of rows", arguments: [UInt64(8), 9])
  func dependsOnRanksOnly(seed: UInt64) throws {
    let table = Simulated(seed: seed, count: 200)
    let auroc = try AUROC(scores: table.scores[0], labels: table.labels)
    let cubed = table.scores[0].map { $0 * $0 * $0 - 7 }
    #expect(try AUROC(scores: cubed, labels: table.labels) == auroc)
    let reversed = try AUROC(scores: table.scores[0].reversed(), labels: table.labels.reversed())
    #expect(reversed == auroc)
    let negated = try AUROC(scores: table.scores[0].map { -$0 }, labels: table.labels)
    #expect(negated.numerator == auroc.denominator - auroc.numerator)
  }

  @Test("Names what is missing")
  func namesWhatIsMissing() {
    func code(_ labels: [Bool]) -> StatisticsError.Code? {
      #expect(throws: StatisticsError.self) {
        try AUROC(scores: labels.map { _ in 0.5 }, labels: labels)
      }?.code
    }
    #expect(code([]) == .empty)
    #expect(code([false, false]) == .noPositives)
    #expect(code([true]) == .noNegatives)
  }

  @Test("Stops a caller whose arrays differ in length")
  func trapsOnLengths() async {
    await #expect(processExitsWith: .failure) {
      _ = try AUROC(scores: [0.1, 0.2], labels: [true])
    }
  }
}
