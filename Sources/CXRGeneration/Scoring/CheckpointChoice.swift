// SPDX-License-Identifier: Apache-2.0
internal import CXRStatistics

/// The checkpoint to use, and why.
///
///     let choice = try CheckpointChoice(among: scores, by: measures)
///     choice.chosen.name  // "10000"
///
/// Checkpoints that another one equals or beats in every measure, and beats in one, are left out.
/// Those that remain are ranked by each measure, ties sharing the mean of their ranks, and the
/// smallest sum of ranks is chosen, the earlier checkpoint of equals. A measure counts only if all
/// checkpoints have it.
public struct CheckpointChoice: Hashable, Sendable {
  /// The rule in a sentence, to be printed beside the choice.
  public static let rule = """
    Of the checkpoints that no other beats in every measure (Pareto front), the one with the \
    smallest sum of ranks over the measures; of equals, the earlier.
    """

  /// The candidates, in order.
  public let scores: [CheckpointScore]
  /// The measures that counted.
  public let measures: [ScoreMeasure]
  /// The measures that some checkpoint lacks, which did not count.
  public let omittedMeasures: [ScoreMeasure]
  /// The positions of the checkpoints on the Pareto front, ascending.
  public let front: [Int]
  /// The rank of each checkpoint on the front by each measure, shape `[front, measures]`; 1 is best.
  public let ranks: [[Double]]
  /// For each checkpoint off the front, one that equals or beats it in every measure.
  ///
  /// Shape `[scores]`; `nil` for those on the front.
  public let betterIndices: [Int?]
  /// The sum of ranks of each checkpoint on the front.
  public let rankSums: [Double]
  /// The position of the chosen checkpoint.
  public let chosenIndex: Int

  /// The chosen checkpoint.
  public var chosen: CheckpointScore { scores[chosenIndex] }

  /// Chooses.
  ///
  /// - Parameters:
  ///   - scores: What the checkpoints come to, the earliest first.
  ///   - measures: What they are compared by.
  /// - Throws: ``GenerationError`` with code `.nothingToChoose` if there is no checkpoint, or no
  ///   measure that all of them have.
  public init(
    among scores: [CheckpointScore], by measures: [ScoreMeasure]
  ) throws(GenerationError) {
    let common = measures.filter { measure in scores.allSatisfy { $0[measure] != nil } }
    guard !scores.isEmpty, !common.isEmpty else {
      throw GenerationError(
        .nothingToChoose,
        scores.isEmpty
          ? "There is no checkpoint to choose from."
          : "No measure is defined for all \(scores.count) checkpoints, so none can be chosen; "
            + "score them with the same models and images.")
    }
    let goodness = scores.map { score in
      common.map { measure in measure.goodness(of: score[measure] ?? .nan) }
    }
    let members = ParetoFront(goodness).members
    let ranks = common.indices.map { column in
      Midranks.descending(members.map { goodness[$0][column] })
    }
    let sums = members.indices.map { place in ranks.reduce(0) { $0 + $1[place] } }
    self.scores = scores
    self.measures = common
    omittedMeasures = measures.filter { !common.contains($0) }
    front = members
    rankSums = sums
    self.ranks = members.indices.map { place in ranks.map { $0[place] } }
    // Whatever is off the front is beaten by something on it.
    betterIndices = scores.indices.map { index in
      members.contains(index)
        ? nil
        : members.first { other in
          zip(goodness[other], goodness[index]).allSatisfy { $0 >= $1 }
        }
    }
    // `min` keeps the first of equals.
    chosenIndex = members[sums.indices.min { sums[$0] < sums[$1] } ?? 0]
  }
}
