// SPDX-License-Identifier: Apache-2.0
import CXRStatistics
import CXRTestSupport
import Testing

@Suite("PAdjustment")
struct PAdjustmentTests {
  private static let keys: [(PAdjustment, String)] = [
    (.bonferroni, "bonferroni"), (.holm, "holm"), (.hochberg, "hochberg"),
    (.benjaminiHochberg, "BH"), (.benjaminiYekutieli, "BY"),
  ]

  @Test("Agrees with R's p.adjust", .enabled(if: Shared.isPresent))
  func agreesWithR() throws {
    let golden = try Golden.json("golden_padjust.json")
    for family in ["benjamini_hochberg_1995_style", "with_nan_and_ties"] {
      let pValues = try golden[family]["p"].numbers.map { $0.isNaN ? nil : $0 }
      for (adjustment, key) in Self.keys {
        let expected = try golden[family][key].numbers
        // The last digit depends on the order of multiplication.
        for (adjusted, value) in zip(adjustment.adjusted(pValues), expected) {
          #expect((adjusted ?? .nan).isClose(to: value, absolute: 1e-15))
        }
      }
    }
  }

  @Test("Leaves undefined tests undefined and uncounted", arguments: PAdjustment.allCases)
  func skipsUndefined(adjustment: PAdjustment) {
    #expect(adjustment.adjusted([nil, 0.02, .nan]) == [nil, 0.02, nil])
    #expect(adjustment.adjusted([]).isEmpty)
  }

  @Test("Doubles two p-values by hand")
  func adjustsByHand() {
    #expect(PAdjustment.holm.adjusted([0.01, 0.04]) == [0.02, 0.04])
    #expect(PAdjustment.bonferroni.adjusted([0.75, 0.25]) == [1, 0.5])
  }
}
