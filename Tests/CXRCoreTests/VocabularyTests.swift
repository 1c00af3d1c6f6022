// SPDX-License-Identifier: Apache-2.0
import CXRCore
import Testing

@Suite("The field's vocabulary")
struct VocabularyTests {
  @Test("A finding answers to its synonyms and spellings")
  func synonyms() {
    #expect(Finding(name: "Effusion") == .pleuralEffusion)
    #expect(Finding(name: "pleural_effusion") == .pleuralEffusion)
    #expect(Finding(name: "Airspace Opacity") == .lungOpacity)
    #expect(Finding(name: "No Findings") == .noFinding)
    #expect(Finding(name: "Mass") == nil)
    for finding in Finding.allCases { #expect(Finding(name: finding.name) == finding) }
  }

  @Test("There are fourteen findings, of which eight are evaluated")
  func counts() {
    #expect(Finding.allCases.count == 14)
    #expect(Set(Finding.evaluationEight).count == 8)
  }

  @Test("Age bins hold their lower bound, and the last has no upper one")
  func ageBins() throws {
    let bins = AgeBins.standard
    #expect(bins.names == ["18-40", "40-60", "60-80", "80+"])
    #expect(bins.name(forAge: 17.9) == nil)
    #expect(bins.name(forAge: 18) == "18-40")
    #expect(bins.name(forAge: 39.99) == "18-40")
    #expect(bins.name(forAge: 40) == "40-60")
    #expect(bins.name(forAge: 119) == "80+")
    #expect(AgeBins(lowerBounds: [40, 18]) == nil)
    #expect(AgeBins(lowerBounds: []) == nil)
    #expect(AgeBins(lowerBounds: [-1, 18]) == nil)
    #expect(try #require(AgeBins(lowerBounds: [0, 0.5])).names == ["0-0.5", "0.5+"])
  }

  @Test("The nearest name is suggested only when it is near")
  func suggestions() {
    let names = ["Edema", "Effusion", "Mass"]
    #expect(names.nearest(to: "edma") == "Edema")
    #expect(names.nearest(to: "Effusions") == "Effusion")
    #expect(names.nearest(to: "Cardiomegaly") == nil)
  }

  @Test("Diagnostics of one kind are counted, not listed")
  func diagnostics() {
    var log = DiagnosticLog()
    for line in 3...5 {
      log.add(Diagnostic(.warning, code: "age", message: "too old", file: "a.csv", line: line))
    }
    log.add(Diagnostic(.note, code: "file", message: "used"))
    #expect(log.diagnostics.map(\.count) == [3, 1])
    #expect(log.diagnostics[0].description == "warning: a.csv:3: too old (3 times)")
  }
}
