// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// Shuffles group membership among patients: what gaps between groups look like by chance.
///
///     let permutation = GroupPermutation(
///       groups: codes, patients: table.patients, permutations: 1000, seed: 8)
///     let chance = try await permutation.distributions(of: [edema], threads: 2)
///     chance[0].auroc[0].values  // AUROC of a group of the first group's size, drawn at random
///
/// A gap between the best and the worst of several noisy groups is positive even when the groups
/// do not differ; only its distribution under shuffled membership tells how large it is by chance.
/// A patient keeps all radiographs, every group keeps its number of patients, and radiographs
/// that are in no group stay out.
///
/// - SeeAlso: Lum, Zhang & Bower, *FAccT* 2022, <https://doi.org/10.1145/3531146.3533105>.
public struct GroupPermutation: Sendable {
  /// The number of permutations.
  public let permutationCount: Int
  /// The number of groups.
  public let groupCount: Int
  /// The seed of the shuffles.
  public let seed: UInt64

  private let patients: [Int]
  private let isMember: [Bool]
  private let members: [Int]
  private let codes: [Int]

  /// Plans the shuffles.
  ///
  /// - Parameters:
  ///   - groups: The group of each row, −1 where it is in none, shape `[n]`. A patient's group is
  ///     that of the patient's first row that is in one.
  ///   - patients: The patient of each row, numbered from 0 by first appearance, shape `[n]`.
  ///   - permutations: The number of permutations.
  ///   - seed: The seed of the shuffles.
  /// - Precondition: The arrays have the same count.
  public init(groups: [Int], patients: [Int], permutations: Int, seed: UInt64) {
    precondition(groups.count == patients.count, "a group for every row")
    var codeOfPatient = [Int](repeating: -1, count: (patients.max() ?? -1) + 1)
    for (group, patient) in zip(groups, patients) where codeOfPatient[patient] < 0 {
      codeOfPatient[patient] = group
    }
    self.permutationCount = permutations
    self.groupCount = (groups.max() ?? -1) + 1
    self.seed = seed
    self.patients = patients
    self.isMember = groups.map { $0 >= 0 }
    self.members = codeOfPatient.indices.filter { codeOfPatient[$0] >= 0 }
    self.codes = codeOfPatient
  }

  /// Computes AUROC and confusion counts of every shuffled group.
  ///
  /// Average precision is left out: it depends on prevalence, so groups may differ in it by right.
  ///
  /// - Parameters:
  ///   - rankings: Sorted scores of all groups together, one per label and model.
  ///   - decisions: Thresholded scores of all groups together.
  ///   - threads: The number of permutations computed at once; the result does not depend on it.
  ///   - progress: Called with the number of permutations finished so far, from any thread.
  /// - Returns: One element per group; the estimates are those of the unshuffled patients.
  /// - Throws: `CancellationError` when the task is cancelled.
  /// - Complexity: O(*n*) per permutation, ranking and eight groups.
  public func distributions(
    of rankings: [RankedScores], decisions: [BinaryDecisions] = [], threads: Int = 1,
    progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> [GroupPermutationDistributions] {
    let blocks = rankings.map { ScoreBlocks($0) }
    let cells = decisions.flatMap(\.cells)
    let evaluate = { @Sendable (codes: [Int]) -> [SIMD8<Double>] in
      laneWeights(codes).flatMap { weights in
        blocks.map { $0.aurocs(weights) } + cells.map { $0.sum(weights) }
      }
    }
    let observed = evaluate(codes)
    let permuted = try await BatchRunner(
      resampleCount: permutationCount, resamplesPerBatch: 1, threads: threads,
      progress: progress
    ).run { evaluate(shuffledCodes($0)) }
    let width = blocks.count + cells.count
    return (0..<groupCount).map { group in
      let lane = group % LaneWeights.laneCount
      let offset = group / LaneWeights.laneCount * width
      let all = (offset..<offset + width).map { index in
        ResampledDistribution(
          estimate: observed[index][lane], values: permuted.map { $0[index][lane] })
      }
      return GroupPermutationDistributions(all, rankingCount: blocks.count)
    }
  }

  /// Deals the members' groups to the members in the order of random keys.
  private func shuffledCodes(_ permutation: Int) -> [Int] {
    let stream = RandomStream(seed: seed, index: permutation)
    var order = members.map { patient in
      RadixSort.Entry(key: stream.word(at: patient), tag: UInt64(codes[patient]))
    }
    RadixSort.sort(&order)
    var shuffled = codes
    for (patient, entry) in zip(members, order) { shuffled[patient] = Int(entry.tag) }
    return shuffled
  }

  /// Marks each row in the lane of its patient's group; eight groups to a set of weights.
  private func laneWeights(_ codes: [Int]) -> [LaneWeights] {
    stride(from: 0, to: groupCount, by: LaneWeights.laneCount).map { first in
      let words = codes.map { code in
        let lane = code - first
        return (0..<LaneWeights.laneCount).contains(lane) ? UInt64(1) << UInt64(8 * lane) : 0
      }
      return LaneWeights(
        words: patients.indices.map { isMember[$0] ? words[patients[$0]] : 0 })
    }
  }
}
