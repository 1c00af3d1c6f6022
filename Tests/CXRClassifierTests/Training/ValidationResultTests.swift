// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import CXRClassifier

@Suite("Results of validation")
struct ValidationResultTests {
  @Test(
    "A larger mean AUROC is better, and of equal ones the smaller loss",
    arguments: [
      (ValidationResult(loss: 2, aurocs: [0.9]), ValidationResult(loss: 1, aurocs: [0.8]), true),
      (ValidationResult(loss: 1, aurocs: [0.8]), ValidationResult(loss: 2, aurocs: [0.9]), false),
      (ValidationResult(loss: 1, aurocs: [1, nil]), ValidationResult(loss: 2, aurocs: [1]), true),
      (ValidationResult(loss: 2, aurocs: [1]), ValidationResult(loss: 2, aurocs: [1]), false),
      (ValidationResult(loss: 2, aurocs: [nil]), ValidationResult(loss: 1, aurocs: [nil]), false),
      (ValidationResult(loss: 2, aurocs: [nil]), nil, true),
    ])
  func better(_ result: ValidationResult, _ other: ValidationResult?, _ isBetter: Bool) {
    #expect(result.isBetter(than: other) == isBetter)
  }
}
