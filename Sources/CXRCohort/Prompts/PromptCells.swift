// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore

/// The places of prompts among sexes, races, ages and findings, as small numbers.
struct PromptCells {
  static let ageBins = AgeBins(lowerBounds: [0, 18, 40, 60, 80]) ?? .standard

  static let sexNames = Sex.allCases.map(\.rawValue) + [unknown]
  static let raceNames = Race.allCases.map(\.rawValue) + [unknown]
  static let ageNames = ageBins.names + [unknown]
  static let findingNames = Finding.allCases.map(\.name) + ["none positive"]

  private static let unknown = "not stated"
  private static let sexes = Sex.allCases
  private static let races = Race.allCases

  let sex: Int
  let race: Int
  let age: Int

  init(_ prompt: PromptRecord) {
    sex = prompt.sex.flatMap(Self.sexes.firstIndex) ?? Self.sexes.count
    race = prompt.race.flatMap(Self.races.firstIndex) ?? Self.races.count
    age =
      prompt.ageYears.flatMap { Self.ageBins.index(forAge: Double($0)) }
      ?? Self.ageBins.lowerBounds.count
  }

  /// The places of a radiograph's positive findings; one place stands for having none.
  static func findings(of candidate: PromptCandidate) -> [Int] {
    let positive = Finding.allCases.indices.filter {
      candidate.findings[Finding.allCases[$0]] == .positive
    }
    return positive.isEmpty ? [Finding.allCases.count] : positive
  }

  /// The cells of the prompt under a cap, one for every place of its findings if they matter.
  func cells(by attributes: [PromptCap.Attribute], findings: [Int]) -> [Int] {
    var cell = 0
    if attributes.contains(.sex) { cell = sex }
    cell *= Self.raceNames.count
    if attributes.contains(.race) { cell += race }
    cell *= Self.ageNames.count
    if attributes.contains(.age) { cell += age }
    cell *= Self.findingNames.count
    return attributes.contains(.finding) ? findings.map { cell + $0 } : [cell]
  }
}
