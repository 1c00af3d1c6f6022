// SPDX-License-Identifier: Apache-2.0
import CXREvaluation
import Testing

@Suite("Suppression of small cells")
struct SmallCellSuppressionTests {
  /// A group with two labels: one with a third of the radiographs, one with none.
  func group(_ name: String, n: Int, positives: Int) -> AuditDocument.Group {
    let rate = Estimate(value: 0.5)
    func cell(_ label: String, _ positives: Int) -> AuditDocument.GroupLabel {
      .init(
        label: label, positives: positives, negatives: n - positives, auroc: rate, tpr: rate,
        fpr: rate)
    }
    return AuditDocument.Group(
      group: name, n: n, patients: n, positives: positives, negatives: n - positives,
      underdiagnosisRate: rate, overdiagnosisRate: rate, auroc: rate, auprc: rate,
      labels: [cell("common", n / 3), cell("absent", 0)], reason: nil)
  }

  func suppressed(
    _ groups: [AuditDocument.Group], ungrouped: Int = 0
  ) -> AuditDocument.Attribute {
    let document = AuditDocument(
      summary: Summary(question: "?", answer: ".", warnings: []),
      attributes: [
        .init(
          model: "m", attribute: "sex", labels: [], ungrouped: ungrouped, groups: groups, gaps: [])
      ], gapDifferences: [],
      provenance: Provenance(
        software: "test", command: "", seed: 1, dataset: "", sources: [], settings: [:]))
    return SmallCellSuppression(limit: 10).applied(to: document).attributes[0]
  }

  @Test("Large counts stay")
  func large() {
    let groups = [group("a", n: 100, positives: 40), group("b", n: 90, positives: 50)]
    #expect(suppressed(groups, ungrouped: 20).groups == groups)
  }

  @Test("A small count takes its rates with it, and a second group that would give it away")
  func secondary() {
    let result = suppressed([
      group("a", n: 100, positives: 40), group("b", n: 50, positives: 4),
      group("c", n: 60, positives: 30),
    ]).groups
    #expect(result[0].positives == 40)
    #expect(result[1].positives == nil && result[1].negatives == nil)
    #expect(result[1].underdiagnosisRate.value == nil)
    #expect(result[1].n == 50)
    // The total less the others would give the 4 away.
    #expect(result[2].positives == nil)
    #expect(result[2].reason == "suppressed: would give a count below 10 away")
  }

  @Test("A hidden size hides every count and rate below it")
  func hiddenSize() {
    let result = suppressed([
      group("a", n: 8, positives: 3), group("b", n: 6, positives: 2),
      group("c", n: 100, positives: 40),
    ]).groups
    for small in result[...1] {
      #expect(small.n == nil && small.patients == nil)
      #expect(small.positives == nil && small.negatives == nil)
      #expect(small.reason == "suppressed: <10")
      #expect(small.labels.allSatisfy { $0.positives == nil && $0.negatives == nil })
      #expect(small.labels.allSatisfy { $0.tpr.value == nil && $0.auroc.value == nil })
    }
    #expect(result[2].n == 100 && result[2].positives == 40)
  }

  @Test("Radiographs of no group count as one more row")
  func ungrouped() {
    let result = suppressed(
      [group("a", n: 50, positives: 20), group("b", n: 100, positives: 40)], ungrouped: 3)
    #expect(result.ungrouped == nil)
    #expect(result.groups[0].n == nil)
    #expect(result.groups[1].n == 100)
  }

  @Test("Zero is no small count")
  func zero() {
    let result = suppressed([
      group("a", n: 50, positives: 0), group("b", n: 100, positives: 40),
    ]).groups
    #expect(result[0].positives == 0 && result[0].n == 50)
  }
}
