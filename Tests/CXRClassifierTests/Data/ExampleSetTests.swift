// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import Testing
import CXRTraining

@Suite("Example set")
struct ExampleSetTests {
  private func rows(_ mix: String, seed: UInt64 = 7, count: Int = 600) throws -> Set<Int> {
    let list = try MadeUpImages.list(count)
    return Set(try ExampleSet(real: list, mix: TrainingMix(mix), seed: seed).rows(of: .real))
  }

  @Test(
    "Smaller amounts are within larger ones",
    arguments: ["", "+stratified"], [1, 2, 3] as [UInt64])
  func nests(_ order: String, seed: UInt64) throws {
    let amounts = ["1", "1%", "7", "5%", "10%", "100", "25%", "200", "50%", "599", "all"]
    let counts = try amounts.filter { !$0.hasSuffix("%") }
      .map { try rows("real=\($0)\(order)", seed: seed) }
    let shares = try amounts.filter { $0.hasSuffix("%") }
      .map { try rows("real=\($0)\(order)", seed: seed) }
    for series in [counts, shares] {
      for (smaller, larger) in zip(series, series.dropFirst()) {
        #expect(smaller.isStrictSubset(of: larger))
      }
    }
    #expect(counts.map(\.count) == [1, 7, 100, 200, 599, 600])
  }

  @Test("Another seed takes other images")
  func dependsOnSeed() throws {
    #expect(try rows("real=10%", seed: 1) != rows("real=10%", seed: 2))
    #expect(try rows("real=60+stratified", seed: 1) != rows("real=60+stratified", seed: 2))
  }

  @Test("A share takes whole patients")
  func keepsPatientsTogether() throws {
    let list = try MadeUpImages.list(600)
    let taken = try rows("real=10%")
    let patients = Set(taken.map { list.patientIDs[$0] })
    #expect(patients.count == 30)
    #expect(taken == Set((0..<600).filter { patients.contains(list.patientIDs[$0]) }))
  }

  @Test("Which patients come first does not depend on who else is there")
  func doesNotDependOnOthers() throws {
    let (whole, half) = (try MadeUpImages.list(600), try MadeUpImages.list(300))
    let mix = try TrainingMix("real=50%")
    let of = { (list: LabelledImages) throws in
      Set(
        try ExampleSet(real: list, mix: mix, seed: 7).rows(of: .real).map { list.patientIDs[$0] })
    }
    let (inWhole, inHalf) = (try of(whole), try of(half))
    let known = Set(half.patientIDs)
    // Both are prefixes of one order, so among the patients of both lists one contains the other.
    let shared = inWhole.intersection(known)
    #expect(shared.isSubset(of: inHalf) || inHalf.isSubset(of: shared))
  }

  @Test("Any number of images has its share of both classes", arguments: [10, 522, 600, 1_304])
  func stratifies(_ count: Int) throws {
    let list = try MadeUpImages.classes(positive: 3_875, negative: 1_341)
    let mix = TrainingMix(real: .count(count), synthetic: .none, order: .stratified)
    let rows = try ExampleSet(real: list, mix: mix, seed: 7).rows(of: .real)
    let positive = rows.count { $0 < 3_875 }
    #expect(rows.count == count)
    #expect(abs(Double(positive) - Double(count) * 3_875 / 5_216) <= 1)
  }

  @Test("The mixes of Synthetic-XRay take what their numbers say, nested", arguments: [1, 2])
  func takesPublishedNumbers(_ seed: UInt64) throws {
    let real = try MadeUpImages.classes(positive: 3_875, negative: 1_341)
    let synthetic = try MadeUpImages.classes(positive: 1_200, negative: 1_200, firstID: 10_000)
    let sets = try Dictionary(
      uniqueKeysWithValues: SyntheticXRayMix.allCases.map {
        ($0, try ExampleSet(real: real, synthetic: synthetic, mix: $0.mix, seed: seed))
      })
    for (mix, set) in sets {
      #expect(set.countPerEpoch(of: .real) == mix.realCount)
      #expect(set.countPerEpoch(of: .synthetic) == mix.syntheticCount)
      let examples = set.examples(epoch: 0)
      #expect(examples.count == mix.realCount + mix.syntheticCount)
      #expect(Set(examples).count == examples.count)
      #expect(set.rows(of: .synthetic).count { $0 < 1_200 } == mix.syntheticCount / 2)
    }
    func rows(_ mix: SyntheticXRayMix, _ source: TrainingSource) -> Set<Int> {
      Set(sets[mix]!.rows(of: source))
    }
    #expect(rows(.limited10, .real).isSubset(of: rows(.limited25, .real)))
    #expect(rows(.synth25, .synthetic).isSubset(of: rows(.synth50, .synthetic)))
  }

  @Test("An epoch without replacement is the longest with the ratio, drawn anew each time")
  func keepsRatio() throws {
    let (real, synthetic) = (
      try MadeUpImages.list(100), try MadeUpImages.list(250, firstID: 1_000)
    )
    let set = try ExampleSet(
      real: real, synthetic: synthetic, mix: TrainingMix("mixed:1:2"), seed: 7)
    #expect(set.countPerEpoch(of: .real) == 100 && set.countPerEpoch(of: .synthetic) == 200)
    let epochs = (0..<3).map { set.examples(epoch: $0) }
    for epoch in epochs {
      #expect(Set(epoch).count == 300 && epoch.allSatisfy { $0.repetition == 0 })
      #expect(epoch.filter { $0.source == .real }.map(\.row) == Array(0..<100))
    }
    #expect(Set(epochs).count == 3)
    #expect(set.examples(epoch: 1) == epochs[1])
  }

  @Test("An epoch with replacement is as long as both sources, and counts repetitions")
  func drawsWithReplacement() throws {
    let (real, synthetic) = (try MadeUpImages.list(20), try MadeUpImages.list(60, firstID: 1_000))
    let set = try ExampleSet(
      real: real, synthetic: synthetic, mix: TrainingMix("mixed:3:1+replacement"), seed: 7)
    #expect(set.countPerEpoch(of: .real) == 60 && set.countPerEpoch(of: .synthetic) == 20)
    let examples = set.examples(epoch: 0)
    #expect(examples.count == 80 && Set(examples).count == 80)
    #expect(examples.contains { $0.repetition > 0 })
    for (row, drawn) in Dictionary(grouping: examples.filter { $0.source == .real }, by: \.row) {
      #expect(drawn.map(\.repetition) == Array(0..<drawn.count))
      #expect((0..<20).contains(row))
    }
  }

  @Test("Sources that do not fit are refused")
  func refusesUnfitSources() throws {
    let list = try MadeUpImages.list(30)
    func code(
      _ mix: String, _ real: LabelledImages?, _ synthetic: LabelledImages?
    ) throws -> TrainingDataError.Code? {
      let mix = try TrainingMix(mix)
      return #expect(throws: TrainingDataError.self) {
        try ExampleSet(real: real, synthetic: synthetic, mix: mix, seed: 7)
      }?.code
    }
    #expect(try code("mixed", list, nil) == .noImages)
    #expect(try code("real", nil, list) == .noImages)
    #expect(try code("mixed", list, list) == .repeatedImage)
    #expect(try code("real=31", list, nil) == .tooFewImages)
    #expect(
      try code("mixed:100:1", list, MadeUpImages.list(30, firstID: 100)) == .tooFewImages)
    #expect(
      try code("mixed", list, MadeUpImages.classes(positive: 1, negative: 1, firstID: 100))
        == .unfitSources)
    let small = try MadeUpImages.list(30, firstID: 100, pixels: MadeUpPixels(side: 4))
    #expect(try code("mixed", list, small) == .unfitSources)
  }

  @Test("A list for evaluation is presented whole")
  func presentsAll() throws {
    let set = ExampleSet(try MadeUpImages.list(30))
    #expect(set.examples(epoch: 0).map(\.row) == Array(0..<30))
    #expect(set.examples(epoch: 5) == set.examples(epoch: 0))
  }
}
