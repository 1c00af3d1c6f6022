// SPDX-License-Identifier: Apache-2.0

/// Checkpoints of a generator beside one another, the one that was chosen, and why.
public struct CheckpointComparison: Codable, Hashable, Sendable {
  /// How a checkpoint did in the choice.
  public struct Placing: Codable, Hashable, Sendable {
    /// The checkpoint.
    public let name: String
    /// Its rank by each measure of the choice, 1 the best; empty off the front.
    public let ranks: [Double]
    /// The sum of its ranks; `nil` off the front.
    public let rankSum: Double?
    /// A checkpoint that equals or beats it in every measure; `nil` on the front.
    public let beatenBy: String?
  }

  /// The choice.
  public struct Choice: Codable, Hashable, Sendable {
    /// The rule in a sentence.
    public let rule: String
    /// The checkpoint.
    public let chosen: String
    /// The reason in a sentence.
    public let reason: String
    /// The names of the measures that counted.
    public let measures: [String]
    /// The names of the measures that some checkpoint lacks, which did not count.
    public let omittedMeasures: [String]
    /// The checkpoints, in order.
    public let placings: [Placing]
  }

  /// A checkpoint's images and where they came from.
  public struct Source: Codable, Hashable, Sendable {
    /// The run.
    public let run: String
    /// The model that made the images.
    public let generator: ModelIdentity
    /// The images that were wanted.
    public let wantedCount: Int
    /// The images that the run gave up.
    public let discardedCount: Int
  }

  /// The prompt set.
  public let promptSet: String
  /// The number of prompts that were scored.
  public let promptCount: Int
  /// The store of the real images.
  public let store: String
  /// The measures, in the order of reports.
  public let measures: [ScoreMeasure]
  /// The checkpoints, the earliest first.
  public let scores: [CheckpointScore]
  /// The real images that prompts came from, by the same models.
  public let real: CheckpointScore
  /// The choice; `nil` with a single checkpoint.
  public let choice: Choice?
  /// What was found about memorised images, of each checkpoint.
  public let memorization: [MemorizationSummary]
  /// Which real images were compared with, in words.
  public let memorizationReference: String
  /// By which networks and conventions measures were computed.
  public let conventions: [String: String]
  /// Where the images came from.
  public let sources: [Source]
  /// The number of resamples of patients behind intervals.
  public let resampleCount: Int
  /// The seed of the resamples.
  public let seed: UInt64
  /// What a reader must know.
  public let notes: [String]

  /// Puts together what was found.
  ///
  /// - Parameters:
  ///   - promptSet: The prompt set.
  ///   - promptCount: The number of prompts that were scored.
  ///   - store: The name of the store of the real images.
  ///   - measures: The measures, in the order of reports.
  ///   - scores: The checkpoints, the earliest first.
  ///   - real: The real images.
  ///   - choice: The choice; `nil` with a single checkpoint.
  ///   - memorization: What was found about memorised images, of each checkpoint.
  ///   - memorizationReference: Which real images were compared with, in words.
  ///   - conventions: By which networks and conventions measures were computed.
  ///   - sources: Where the images came from.
  ///   - resampling: The number of resamples of patients, and their seed.
  ///   - notes: What a reader must know.
  public init(
    promptSet: String, promptCount: Int, store: String, measures: [ScoreMeasure],
    scores: [CheckpointScore], real: CheckpointScore, choice: Choice?,
    memorization: [MemorizationSummary], memorizationReference: String,
    conventions: [String: String], sources: [Source], resampling: (count: Int, seed: UInt64),
    notes: [String]
  ) {
    self.promptSet = promptSet
    self.promptCount = promptCount
    self.store = store
    self.measures = measures
    self.scores = scores
    self.real = real
    self.choice = choice
    self.memorization = memorization
    self.memorizationReference = memorizationReference
    self.conventions = conventions
    self.sources = sources
    (resampleCount, seed) = resampling
    self.notes = notes
  }

  /// Puts checkpoints beside one another, and chooses if there are several.
  ///
  /// - Parameters:
  ///   - plan: What was scored.
  ///   - store: The name of the store of the real images.
  ///   - measures: The measures, in the order of reports.
  ///   - deciding: The measures by which a checkpoint is chosen.
  ///   - scores: The checkpoints, in the order of the plan.
  ///   - real: The real images.
  ///   - memorization: What was found about memorised images, and what was compared with.
  ///   - conventions: By which networks and conventions measures were computed.
  ///   - resampling: The number of resamples of patients, and their seed.
  ///   - notes: What a reader must know, beside what the plan says.
  /// - Throws: ``GenerationError`` with code `.nothingToChoose`.
  /// - Precondition: There is a score for each checkpoint of the plan.
  public init(
    of plan: ScoringPlan, store: String, measures: [ScoreMeasure], deciding: [ScoreMeasure],
    scores: [CheckpointScore], real: CheckpointScore,
    memorization: (summaries: [MemorizationSummary], reference: String),
    conventions: [String: String], resampling: (count: Int, seed: UInt64), notes: [String] = []
  ) throws(GenerationError) {
    precondition(scores.count == plan.checkpoints.count, "a score for each checkpoint")
    self.init(
      promptSet: plan.promptSet, promptCount: plan.promptRows.count, store: store,
      measures: measures, scores: scores, real: real,
      choice: scores.count > 1
        ? Choice(try CheckpointChoice(among: scores, by: deciding)) : nil,
      memorization: memorization.summaries, memorizationReference: memorization.reference,
      conventions: conventions,
      sources: plan.checkpoints.map {
        Source(
          run: $0.name, generator: $0.generator, wantedCount: $0.wantedCount,
          discardedCount: $0.discardedCount)
      }, resampling: resampling, notes: plan.notes + notes)
  }
}

extension CheckpointComparison.Choice {
  /// Writes a choice down.
  ///
  /// - Parameter choice: The choice.
  public init(_ choice: CheckpointChoice) {
    rule = CheckpointChoice.rule
    chosen = choice.chosen.name
    measures = choice.measures.map(\.name)
    omittedMeasures = choice.omittedMeasures.map(\.name)
    placings = choice.scores.indices.map { index in
      let place = choice.front.firstIndex(of: index)
      return .init(
        name: choice.scores[index].name, ranks: place.map { choice.ranks[$0] } ?? [],
        rankSum: place.map { choice.rankSums[$0] },
        beatenBy: choice.betterIndices[index].map { choice.scores[$0].name })
    }
    let name = choice.chosen.name
    let place = choice.front.firstIndex(of: choice.chosenIndex) ?? 0
    let sum = choice.rankSums[place]
    let others = choice.front.indices.filter { $0 != place }
    guard let next = others.min(by: { choice.rankSums[$0] < choice.rankSums[$1] }) else {
      reason = "\(name) equals or beats every other checkpoint in every measure."
      return
    }
    let (other, otherSum) = (choice.scores[choice.front[next]].name, choice.rankSums[next])
    reason =
      otherSum == sum
      ? "\(name) and \(other) have the same sum of ranks, \(Self.text(sum)), the smallest; \(name) "
        + "is the earlier."
      : "\(name) has the smallest sum of ranks on the front, \(Self.text(sum)); \(other) is next "
        + "with \(Self.text(otherSum))."
  }

  /// A rank, such as `3` or `2.5`.
  static func text(_ rank: Double) -> String {
    rank == rank.rounded() ? "\(Int(rank))" : "\(rank)"
  }
}
