// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import Foundation
import Testing
import CXRTraining

@Suite("Training strategy")
struct TrainingStrategyTests {
  @Test("The four published strategies are read by name and written by it")
  func readsPublishedNames() throws {
    #expect(
      TrainingStrategy.published.map(\.name)
        == ["real", "synthetic", "mixed", "pretrain-finetune"])
    for (name, strategy) in TrainingStrategy.published {
      #expect(try TrainingStrategy(name) == strategy)
      #expect(strategy.description == name)
    }
    #expect(try TrainingStrategy("synthetic-then-real") == .pretrainFineTune)
    // Learning rates are not in the text.
    var faster = TrainingStrategy.pretrainFineTune
    faster.stages[1].learningRate = 1e-3
    #expect(faster.description == "pretrain-finetune")
  }

  @Test("Fine-tuning follows pretraining from random weights, at half its rate")
  func fineTunes() {
    let stages = TrainingStrategy.pretrainFineTune.stages
    #expect(stages.map(\.mix) == [.synthetic, .real])
    #expect(stages.map(\.learningRate) == [1e-4, 5e-5])
    #expect(stages.map(\.start) == [.random, .previousStage])
    #expect(TrainingStrategy.mixed.stages.map(\.start) == [.given])
    #expect(TrainingStrategy.mixed.stages.map(\.learningRate) == [1e-4])
  }

  @Test(
    "A mix is written as it is typed",
    arguments: [
      "real", "synthetic", "mixed", "real=522", "real=10%", "synthetic=0.5%", "mixed:1:3",
      "mixed:1:3+replacement", "mixed,real=522,synthetic=2400+stratified",
      "mixed:2:1,real=10%+stratified+replacement",
    ])
  func roundTrips(_ text: String) throws {
    let mix = try TrainingMix(text)
    #expect(mix.description == text)
    #expect(try TrainingMix(mix.description) == mix)
    let data = try JSONEncoder().encode(TrainingStrategy(mix, .real))
    #expect(try JSONDecoder().decode(TrainingStrategy.self, from: data).stages[0].mix == mix)
    #expect(try TrainingStrategy("\(text)-then-real") == TrainingStrategy(mix, .real))
  }

  @Test("A ratio is kept in lowest terms")
  func reducesRatio() throws {
    #expect(try TrainingMix("mixed:25%") == TrainingMix("mixed:1:3"))
    #expect(try TrainingMix("mixed:10:4").ratio == MixRatio(real: 5, synthetic: 2))
  }

  @Test(
    "What is no mix is refused",
    arguments: [
      "", "reel", "real=", "real=0", "real=-3", "real=0%", "real=101%", "real=none", "mixed:",
      "mixed:0:1", "mixed:1:0", "mixed:1", "mixed:1:2:3", "mixed:100%", "mixed:nan%", "mixed=3",
      "real:1:3", "mixed,", "mixed,fake=3", "mixed,real=3,real=4", "real,synthetic=3",
      "real=3,real=4", "mixed+replacement", "mixed:1:3+often", "mixed:1:3+",
      "mixed:1:9999999999999999999", "real-then-", "-then-real", "pretrain", "synth-26",
    ])
  func refusesOtherTexts(_ text: String) {
    let error = #expect(throws: TrainingDataError.self) { try TrainingStrategy(text) }
    #expect(error?.code == .unknownWord)
  }

  @Test("A misspelled strategy is answered with the nearest")
  func suggestsNearest() {
    let error = #expect(throws: TrainingDataError.self) { try TrainingStrategy("pretrain-finetun") }
    #expect(error?.message.contains("did you mean pretrain-finetune?") == true)
  }

  @Test("Label efficiency thins out the real images of every stage only")
  func thinsOutRealImages() throws {
    #expect(
      TrainingStrategy.pretrainFineTune.labelEfficiency(shares: [0.01, 0.1, 1])
        == [
          try TrainingStrategy("synthetic-then-real=1%"),
          try TrainingStrategy("synthetic-then-real=10%"), .pretrainFineTune,
        ])
    #expect(
      TrainingStrategy.mixed.labelEfficiency(shares: [0.05])
        == [try TrainingStrategy("mixed,real=5%")])
  }

  @Test("The mixes of Synthetic-XRay have the published numbers")
  func hasPublishedNumbers() throws {
    let numbers = SyntheticXRayMix.allCases.map { [$0.realCount, $0.syntheticCount] }
    #expect(
      numbers == [
        [5_216, 0], [5_216, 600], [5_216, 1_200], [5_216, 2_400], [522, 2_400], [1_304, 2_400],
        [0, 2_400],
      ])
    let text = "mixed,real=522,synthetic=2400+stratified"
    #expect(try TrainingStrategy("limited-10") == TrainingStrategy(text))
    #expect(SyntheticXRayMix.synthOnly.mix.description == "synthetic=2400+stratified")
  }
}
