// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRFiles
import Foundation
import Testing

@testable import CXRGeneration

@Suite("Quality predicates")
struct QualityPredicateTests {
  static let published: [Race] = [.asian, .black, .white]

  private func item(
    sex: Sex? = .female, race: Race? = .white, age: Int? = 60, edema: LabelState = .negative
  ) -> GenerationItem {
    var findings = FindingStates(allAre: .unannotated)
    findings[.edema] = edema
    return GenerationItem(
      prompt: 0, copy: 0, attemptCount: 0, sourceDataset: "d", sourceImageName: "i", variation: 0,
      sex: sex, race: race, ageYears: age, text: "t", findings: findings)
  }

  @Test("Sex is what has the largest share; a prompt without sex is untested")
  func sex() {
    func verdict(_ item: GenerationItem, _ female: Double) -> GenerationVerdict {
      QualityPredicate.sex.verdict(
        on: item, told: (.sex, .sex([.female: female, .male: 1 - female])))
    }
    #expect(verdict(item(), 0.6).verdict == .passed && verdict(item(), 0.6).estimate == "F")
    #expect(verdict(item(), 0.4).verdict == .failed && verdict(item(), 0.4).score == 0.6)
    let open = verdict(item(sex: nil), 0.6)
    #expect(open.verdict == .untested && open.reason == "the prompt states no sex")
    #expect(open.estimate == "F")
  }

  @Test("A race that the model does not know is untested, whatever it told")
  func race() {
    func verdict(_ race: Race?, _ told: Race, known: [Race] = Self.published) -> GenerationVerdict {
      QualityPredicate.race.verdict(on: item(race: race), told: (.race(known), .race([told: 0.9])))
    }
    for told in Self.published {
      let hispanic = verdict(.hispanic, told)
      #expect(hispanic.verdict == .untested)
      #expect(hispanic.reason == "the model knows no class Hispanic")
      #expect(hispanic.estimate == told.rawValue)
    }
    #expect(verdict(.black, .black).verdict == .passed)
    #expect(verdict(.black, .white).verdict == .failed)
    #expect(verdict(nil, .white).verdict == .untested)
    // A model that knows the class tests it.
    #expect(verdict(.hispanic, .hispanic, known: Race.allCases).verdict == .passed)
    #expect(verdict(.hispanic, .white, known: Race.allCases).verdict == .failed)
  }

  @Test(
    "An age is rounded first, and may differ by the tolerance itself",
    arguments: [
      (76.4, true), (76.5, false), (43.5, true), (43.49, false), (60, true), (-3, false),
    ])
  func age(_ estimate: Double, _ passes: Bool) {
    let verdict = QualityPredicate.age(toleranceYears: 16).verdict(
      on: item(), told: (.ageYears, .ageYears(estimate)))
    #expect(verdict.verdict == (passes ? .passed : .failed))
    #expect(verdict.score == estimate)
  }

  @Test("A finding is tested against its label, as far as that is positive or negative")
  func finding() {
    func verdict(_ state: LabelState, _ score: Double) -> GenerationVerdict {
      QualityPredicate.finding(.edema, threshold: 0.5).verdict(
        on: item(edema: state), told: (.finding(.edema), .finding(score)))
    }
    #expect(verdict(.positive, 0.5).verdict == .passed)
    #expect(verdict(.positive, 0.49).verdict == .failed)
    #expect(verdict(.negative, 0.49).verdict == .passed)
    #expect(verdict(.negative, 0.5).verdict == .failed)
    for state in [LabelState.uncertain, .unmentioned, .unannotated] {
      #expect(verdict(state, 0.9).verdict == .untested)
      #expect(verdict(state, 0.9).reason == "the label is \(state.word)")
    }
  }

  @Test("Without a model everything is untested, and nothing is passed")
  func withoutModel() {
    for predicate in QualityPredicate.published + [.finding(.edema, threshold: 0.5)] {
      let verdict = predicate.verdict(on: item(), told: nil)
      #expect(verdict.verdict == .untested && verdict.reason == "no model tells it")
    }
  }

  @Test("What is typed is read, written and read again")
  func text() throws {
    for text in ["sex", "race", "age=16", "Edema=0.5", "Pleural Effusion=0.25"] {
      let predicate = try #require(QualityPredicate(text))
      #expect(predicate.description == text)
      let decoded = try JSONDecoder().decode(
        QualityPredicate.self, from: JSONEncoder().encode(predicate))
      #expect(decoded == predicate)
    }
    for text in [
      "", "age", "sex=1", "age=-1", "age=121", "age=2.5", "Edema", "Edema=nan", "Oops=1",
    ] {
      #expect(QualityPredicate(text) == nil, "\(text)")
    }
  }

  @Test("The seeds of a prompt follow from run, prompt, copy and attempt, and from nothing else")
  func seeds() {
    func seed(_ text: String, copy: Int, attempt: Int, run: UInt64) -> UInt64 {
      GenerationItem(
        prompt: .random(in: 0..<9), copy: copy, attemptCount: .random(in: 0..<9),
        sourceDataset: "d", sourceImageName: "i", variation: 3, sex: nil, race: nil, ageYears: nil,
        text: text, findings: FindingStates(allAre: .unannotated)
      ).seed(ofAttempt: attempt, runSeed: run)
    }
    var seeds: Set<UInt64> = []
    for text in ["a", "b"] {
      for copy in 0..<3 {
        for attempt in 1...4 {
          for run: UInt64 in [0, 1, .max] {
            let value = seed(text, copy: copy, attempt: attempt, run: run)
            #expect(value == seed(text, copy: copy, attempt: attempt, run: run))
            #expect(value >> 63 == 0)
            seeds.insert(value)
          }
        }
      }
    }
    #expect(seeds.count == 72)
  }

  @Test("A process that lives is not taken for gone, nor is one of another machine")
  func processes() {
    let own = ProcessIdentity.current()
    #expect(!ProcessIdentity.isGone(own) && !ProcessIdentity.isGone("\(own)/more"))
    var parts = own.split(separator: "/").map(String.init)
    #expect(parts.count == 4)
    parts[3] += "1"
    #expect(ProcessIdentity.isGone(parts.joined(separator: "/")), "its number is used again")
    parts[2] = "4194303"
    #expect(ProcessIdentity.isGone(parts.joined(separator: "/")), "there is no such process")
    parts[0] = "another-boot"
    #expect(!ProcessIdentity.isGone(parts.joined(separator: "/")))
    #expect(!ProcessIdentity.isGone("") && !ProcessIdentity.isGone("elsewhere"))
  }
}
