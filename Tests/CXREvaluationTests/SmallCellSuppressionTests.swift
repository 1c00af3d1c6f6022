// SPDX-License-Identifier: Apache-2.0
import CXREvaluation
import Testing

@Suite("Suppression of small cells")
struct SmallCellSuppressionTests {
  func group(_ name: String, n: Int, positives: Int) -> AuditDocument.Group {
    let rate = Estimate(value: 0.5)
    return AuditDocument.Group(
      group: name, n: n, patients: n, positives: positives, negatives: n - positives,
      underdiagnosisRate: rate, overdiagnosisRate: rate, auroc: rate, auprc: rate, labels: [],
      reason: nil)
  }

  func suppressed(_ groups: [AuditDocument.Group]) -> [AuditDocument.Group] {
    let document = AuditDocument(
      summary: Summary(question: "?", answer: ".", warnings: []),
      attributes: [
        .init(
          model: "m", attribute: "sex", labels: [], ungrouped: 0, groups: groups, gaps: [])
      ], gapDifferences: [],
      provenance: Provenance(
        software: "test", command: "", seed: 1, dataset: "", sources: [], settings: [:]))
    return SmallCellSuppression(limit: 10).applied(to: document).attributes[0].groups
  }

  @Test("Large counts stay")
  func large() {
    let groups = [group("a", n: 100, positives: 40), group("b", n: 90, positives: 50)]
    #expect(suppressed(groups) == groups)
  }

  @Test("A small count takes its rates with it, and a second group that would give it away")
  func secondary() {
    let result = suppressed([
      group("a", n: 100, positives: 40), group("b", n: 50, positives: 4),
      group("c", n: 60, positives: 30),
    ])
    #expect(result[0].positives == 40)
    #expect(result[1].positives == nil && result[1].negatives == nil)
    #expect(result[1].underdiagnosisRate.value == nil)
    #expect(result[1].n == 50)
    // The total less the others would give the 4 away.
    #expect(result[2].positives == nil)
    #expect(result[2].reason?.contains("<") == false)
    #expect(result[2].reason?.contains("away") == true)
  }

  @Test("A group of which every count is small says so; zero is no small count")
  func small() {
    let result = suppressed([
      group("a", n: 8, positives: 3), group("b", n: 6, positives: 2),
      group("c", n: 100, positives: 0),
    ])
    #expect(result[0].n == nil && result[1].n == nil)
    #expect(result[0].reason == "suppressed: <10")
    #expect(result[2].n == 100 && result[2].positives == 0)
  }
}
