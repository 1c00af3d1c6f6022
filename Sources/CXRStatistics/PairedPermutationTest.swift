// SPDX-License-Identifier: Apache-2.0

/// Tests whether two models rank the same radiographs equally well, by swapping their midranks.
///
///     let test = PairedPermutationTest(ResamplingPlan(patients: table.patients, seed: 7))
///     let results = try await test.run([(edemaA, edemaB), (effusionA, effusionB)], threads: 2)
///     results.averagePrecision.labels[0]  // .success(PermutationResult)
///
/// If the models are equally good, a row's two midranks can be exchanged. Raw scores cannot, unless
/// the models happen to share a scale. All labels share the coins, so means over labels and the
/// largest statistic of a family come from the same permutations. With 16 units or fewer, all
/// assignments are enumerated and the test is exact.
///
/// - SeeAlso: Bandos, Rockette & Gur, *Stat. Med.* 24 (2005); Phipson & Smyth, *Stat. Appl.
///   Genet. Mol. Biol.* 9 (2010), <https://doi.org/10.2202/1544-6115.1585>.
public struct PairedPermutationTest: Sendable {
  /// Two models' sorted scores of the same rows with the same labels.
  public typealias Pair = (first: RankedScores, second: RankedScores)

  /// The largest number of units of which every assignment is enumerated.
  public static let exactUnitLimit = 16

  /// What is swapped together, how often, and from which seed.
  public let plan: ResamplingPlan

  /// Creates a test.
  ///
  /// - Parameter plan: The units whose midranks are swapped, the number of permutations, the seed.
  /// - Precondition: The plan has no strata.
  public init(_ plan: ResamplingPlan) {
    precondition(!plan.isStratified, "swaps have no strata")
    self.plan = plan
  }

  /// Whether every assignment is enumerated.
  public var isExact: Bool { plan.unitCount <= Self.exactUnitLimit }

  /// Runs the test for every pair and for the mean over the pairs.
  ///
  /// - Parameters:
  ///   - pairs: Both models' sorted scores, one pair per label.
  ///   - threads: The number of batches computed at once; the result does not depend on it.
  ///   - progress: Called with the number of permutations finished so far, from any thread.
  /// - Returns: The results for both statistics.
  /// - Throws: `CancellationError` when the task is cancelled.
  /// - Complexity: O(*n*) per permutation and pair.
  public func run(
    _ pairs: [Pair], threads: Int = 1, progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> PairedPermutationResults {
    let merged = pairs.map { pair in
      Result { () throws(StatisticsError) in try ScorePair(pair.first, pair.second) }
    }
    let defined = merged.compactMap { try? $0.get() }
    let evaluate = { @Sendable (coins: [UInt64]) -> [SIMD8<Double>] in
      let weights = ScorePair.membership(coins: coins)
      return defined.flatMap { pair in
        let differences = pair.differences(weights)
        return [differences.auroc, differences.averagePrecision]
      }
    }
    let (plan, isExact) = (plan, isExact)
    let count = isExact ? 1 << plan.unitCount : plan.resampleCount
    let batches = try await BatchRunner(
      resampleCount: count, resamplesPerBatch: LaneWeights.laneCount, threads: threads,
      progress: progress
    ).run { evaluate(isExact ? plan.enumeratedCoins(batch: $0) : plan.coins(batch: $0)) }
    let observed = evaluate(Array(repeating: 0, count: plan.rowCount))
    func family(_ offset: Int) -> PermutationFamily {
      var index = offset
      return PermutationFamily(
        merged.map { pair in
          pair.map { _ in
            defer { index += 2 }
            return PermutationNull(
              observed: observed[index][0], values: batches.values(of: index, count: count),
              isExact: isExact)
          }
        })
    }
    return PairedPermutationResults(auroc: family(0), averagePrecision: family(1))
  }
}
