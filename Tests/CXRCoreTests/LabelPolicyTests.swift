// SPDX-License-Identifier: Apache-2.0
import CXRCore
import Foundation
import Testing

@Suite("Label policies")
struct LabelPolicyTests {
  static let targetsByRule: [(LabelPolicy.Rule, [Bool?])] = [
    (.uZeros, [false, true, false, false, nil]),
    (.uOnes, [false, true, true, false, nil]),
    (.uIgnore, [false, true, nil, false, nil]),
    (.explicitOnly, [false, true, nil, nil, nil]),
  ]

  @Test("A rule decides what a state counts as", arguments: targetsByRule)
  func rules(_ rule: LabelPolicy.Rule, _ targets: [Bool?]) {
    #expect(LabelState.allCases.map(rule.target) == targets)
    let policy = LabelPolicy(rule)
    for finding in Finding.allCases.map(Optional.some) + [nil] {
      let ofFinding = LabelState.allCases.map {
        policy.target(for: $0, of: finding, noFinding: .positive)
      }
      #expect(ofFinding == targets)
    }
  }

  @Test("An exception holds for its finding only, never for native labels")
  func exceptions() {
    let policy = LabelPolicy(.uZeros, exceptions: [.edema: .uOnes])
    func target(_ finding: Finding?) -> Bool? {
      policy.target(for: .uncertain, of: finding, noFinding: .unmentioned)
    }
    #expect(target(.edema) == true)
    #expect(target(.pneumonia) == false)
    #expect(target(nil) == false)
  }

  @Test("No Finding speaks for what is not mentioned, never for Support Devices")
  func propagation() {
    let policy = LabelPolicy.explicitOnly.propagatingNoFinding()
    for finding in Finding.allCases {
      let isPathology = finding != .noFinding && finding != .supportDevices
      #expect(
        policy.target(for: .unmentioned, of: finding, noFinding: .positive)
          == (isPathology ? false : nil))
      for state in LabelState.allCases where state != .positive {
        #expect(policy.target(for: .unmentioned, of: finding, noFinding: state) == nil)
      }
      for state in LabelState.allCases where state != .unmentioned {
        #expect(
          policy.target(for: state, of: finding, noFinding: .positive)
            == LabelPolicy.Rule.explicitOnly.target(for: state))
      }
    }
    #expect(policy.target(for: .unmentioned, of: nil, noFinding: .positive) == nil)
  }

  @Test(
    "The text of a policy reads as the same policy",
    arguments: [
      "u-zeros", "u-ones", "u-ignore", "explicit-only", "competition-5",
      "explicit-only+no-finding", "competition-5+no-finding",
      "u-zeros,Atelectasis=u-ones,Edema=u-ones", "u-ignore,Pleural Effusion=explicit-only",
    ])
  func roundTrip(_ text: String) throws {
    let policy = try LabelPolicy(text)
    #expect(policy.description == text)
    #expect(try JSONEncoder().encode([policy]) == Data("[\"\(text)\"]".utf8))
    #expect(
      try JSONDecoder().decode([LabelPolicy].self, from: Data("[\"\(text)\"]".utf8)) == [policy])
  }

  @Test("Any policy can be written and read again", arguments: 0..<200)
  func anyRoundTrip(_ seed: Int) throws {
    let stream = RandomStream(seed: UInt64(seed), purpose: "policy", index: 0)
    let rules = LabelPolicy.Rule.allCases
    var exceptions: [Finding: LabelPolicy.Rule] = [:]
    for (index, finding) in Finding.allCases.enumerated() where stream.coin(at: index) {
      exceptions[finding] = rules[stream.index(at: 20 + index, below: rules.count)]
    }
    var policy = LabelPolicy(
      rules[stream.index(at: 40, below: rules.count)], exceptions: exceptions)
    if stream.coin(at: 41) { policy = policy.propagatingNoFinding() }
    #expect(try LabelPolicy(policy.description) == policy)
  }

  @Test("Other spellings, orders and idle exceptions are the same policy")
  func spellings() throws {
    #expect(
      try LabelPolicy("u-zeros,edema=u-ones,effusion=u-ones,Fracture=u-zeros")
        == LabelPolicy("u-zeros,Pleural_Effusion=u-ones,Edema=u-ones"))
    #expect(
      try LabelPolicy("competition-5,Edema=u-zeros")
        .target(for: .uncertain, of: .edema, noFinding: .unmentioned) == false)
    #expect(
      try LabelPolicy(
        "u-ignore,Atelectasis=u-ones,Edema=u-ones,Effusion=u-ones,Cardiomegaly=u-zeros,"
          + "Consolidation=u-zeros"
      ).description == "competition-5")
  }

  @Test(
    "An unknown word is named with the nearest known one",
    arguments: [
      ("u-zero", "u-zeros"), ("competition-6", "competition-5"),
      ("u-zeros,Edemaa=u-ones", "Edema"), ("u-zeros,Edema=u-one", "u-ones"),
      ("u-zeros,Edema", "FINDING=RULE"), ("u-zeros,", "FINDING=RULE"), ("", "u-ignore"),
      ("something", "explicit-only"), ("u-zeros,Edema=competition-5", "u-ignore"),
    ])
  func unknownWords(_ text: String, _ remedy: String) {
    let error = #expect(throws: VocabularyError.self) { try LabelPolicy(text) }
    #expect(error?.code == .unknownWord)
    #expect(error?.message.contains(remedy) == true, "\(error?.message ?? "")")
  }

  @Test("A finding cannot have two rules")
  func repeated() {
    let error = #expect(throws: VocabularyError.self) {
      try LabelPolicy("u-zeros,Edema=u-ones,edema=u-zeros")
    }
    #expect(error?.code == .repeatedName)
  }
}
