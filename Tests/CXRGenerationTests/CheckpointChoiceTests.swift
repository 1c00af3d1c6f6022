// SPDX-License-Identifier: Apache-2.0
import CXRGeneration
import Testing

@Suite("Choice of a checkpoint")
struct CheckpointChoiceTests {
  private let measures: [ScoreMeasure] = [.auroc(of: "Edema"), .fid, .promptMSSSIM]

  private func score(
    _ name: String, _ auroc: Double, _ fid: Double, _ ssim: Double?
  )
    -> CheckpointScore
  {
    var values: [ScoreMeasure: Double] = [measures[0]: auroc, .fid: fid]
    values[.promptMSSSIM] = ssim
    return CheckpointScore(name, imageCount: 4, values: values)
  }

  @Test("Takes the smallest sum of ranks on the Pareto front")
  func choosesByRankSum() throws {
    // The last is beaten by the second in every measure, and would take ranks from the others.
    let choice = try CheckpointChoice(
      among: [
        score("5000", 0.78, 60, 0.30), score("7500", 0.81, 55, 0.35),
        score("10000", 0.82, 50, 0.36), score("15000", 0.80, 56, 0.36),
      ], by: measures)
    #expect(choice.front == [0, 1, 2])
    #expect(choice.rankSums == [7, 6, 5])
    #expect(choice.chosen.name == "10000")
  }

  @Test("Takes the earlier of equals")
  func prefersEarlier() throws {
    let choice = try CheckpointChoice(
      among: [score("a", 0.8, 60, 0.3), score("b", 0.9, 70, 0.3)], by: measures)
    #expect(choice.rankSums == [4.5, 4.5])
    #expect(choice.chosen.name == "a")
  }

  @Test("Leaves out a measure that a checkpoint lacks, and says so")
  func omitsMeasure() throws {
    let choice = try CheckpointChoice(
      among: [score("a", 0.8, 60, nil), score("b", 0.9, 70, 0.3)], by: measures)
    #expect(choice.omittedMeasures == [.promptMSSSIM])
    #expect(choice.measures == [measures[0], .fid])
  }

  @Test("Refuses a choice without candidates or common measures")
  func refusesNothing() {
    let none = #expect(throws: GenerationError.self) {
      try CheckpointChoice(among: [], by: measures)
    }
    #expect(none?.code == .nothingToChoose)
    let uncommon = #expect(throws: GenerationError.self) {
      try CheckpointChoice(among: [score("a", 1, 1, nil)], by: [.promptMSSSIM])
    }
    #expect(uncommon?.code == .nothingToChoose)
  }
}
