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
    _ groups: [AuditDocument.Group], ungrouped: Int = 0, gaps: [AuditDocument.Gap] = []
  ) -> AuditDocument.Attribute {
    let document = AuditDocument(
      summary: Summary(question: "?", answer: ".", warnings: []),
      attributes: [
        .init(
          model: "m", attribute: "sex", labels: [], ungrouped: ungrouped, groups: groups,
          gaps: gaps)
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

  @Test("In an intersection, every row and column with a hidden count hides another")
  func intersection() {
    let result = suppressed([
      group("F|18-40", n: 50, positives: 20), group("F|40+", n: 60, positives: 20),
      group("F|80+", n: 6, positives: 2), group("M|18-40", n: 70, positives: 30),
      group("M|40+", n: 80, positives: 30), group("M|80+", n: 90, positives: 30),
    ]).groups
    let hidden = Set(result.filter { $0.n == nil }.map(\.group))
    #expect(hidden == ["F|80+", "F|18-40", "M|80+", "M|18-40"])
  }

  @Test("A gap that names a hidden group is hidden")
  func gaps() {
    func gap(_ worst: String) -> AuditDocument.Gap {
      .init(
        metric: "auroc", value: 0.2, lower: 0.1, upper: 0.3, best: "c", worst: worst, ratio: 0.8,
        nullMean: 0.1, nullLower: 0, nullUpper: 0.2, p: 0.01, groupCount: 3, reason: nil)
    }
    let groups = [
      group("a", n: 8, positives: 3), group("b", n: 20, positives: 10),
      group("c", n: 100, positives: 40), group("d", n: 100, positives: 40),
    ]
    let result = suppressed(groups, gaps: [gap("a"), gap("d")])
    #expect(result.gaps[0].value == nil && result.gaps[0].worst == nil)
    #expect(result.gaps[0].reason?.hasPrefix("suppressed") == true)
    #expect(result.gaps[1] == gap("d"))
  }

  @Test("Zero is no small count")
  func zero() {
    let result = suppressed([
      group("a", n: 50, positives: 0), group("b", n: 100, positives: 40),
    ]).groups
    #expect(result[0].positives == 0 && result[0].n == 50)
  }
}
