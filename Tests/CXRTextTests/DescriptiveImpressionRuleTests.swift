// SPDX-License-Identifier: Apache-2.0
import CXRText
import Foundation
import Testing

@Suite("Descriptive impressions")
struct DescriptiveImpressionRuleTests {
  let rule = DescriptiveImpressionRule()

  @Test(
    "Accepts statements of findings and of normality",
    arguments: [
      "No acute cardiopulmonary process.", "Normal chest .", "Normal.", "COPD.",
      "Stable cardiomegaly.", "No change in small right effusion.", "Clear lungs.",
      "As above. New left effusion.", "No evidence of pneumonia.", "1. Edema. 2. Unchanged.",
      "Interval removal of the chest tube.", "___ tube in place.",
    ])
  func descriptive(impression: String) {
    #expect(rule.reason(against: impression) == nil)
  }

  @Test(
    "Refuses what describes nothing, and says why",
    arguments: [
      (nil, NondescriptiveReason.missing), (" ", .missing), ("None.", .missing), ("N/A", .missing),
      ("___", .redactedOnly), ("___ ___.", .redactedOnly), ("1.", .tooShort), ("OK", .tooShort),
      ("As above.", .asAbove), ("See findings.", .asAbove),
      ("Please see above for full details.", .asAbove), ("Unchanged.", .unchangedOnly),
      ("No change.", .unchangedOnly), ("Stable.", .unchangedOnly), ("1. Stable.", .unchangedOnly),
      ("No significant interval change.", .unchangedOnly), ("Stable chest.", .unchangedOnly),
      ("No change compared to prior.", .comparisonOnly),
      ("No relevant change as compared to the previous image from ___.", .comparisonOnly),
      ("Unchanged. As above.", .unchangedOnly),
    ] as [(String?, NondescriptiveReason)])
  func nondescriptive(impression: String?, reason: NondescriptiveReason) {
    #expect(rule.reason(against: impression) == reason)
  }

  @Test("Takes minimum lengths, and keeps them when written and read")
  func options() throws {
    let strict = DescriptiveImpressionRule(minimumWords: 3, minimumLetters: 12)
    #expect(strict.reason(against: "Normal chest.") == .tooShort)
    #expect(strict.reason(against: "Normal chest film.") == nil)
    let read = try JSONDecoder().decode(
      DescriptiveImpressionRule.self, from: JSONEncoder().encode(strict))
    #expect(read == strict)
  }
}
