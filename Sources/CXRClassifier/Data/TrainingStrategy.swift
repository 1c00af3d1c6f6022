// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
public import CXRTraining

/// What a model learns from, in one stage or in several.
///
///     try TrainingStrategy("mixed:1:3")
///     try TrainingStrategy("pretrain-finetune").stages.map(\.learningRate)  // [1e-4, 5e-5]
///     TrainingStrategy.real.labelEfficiency(shares: [0.01, 0.1, 1])
///
/// The four strategies of RoentGen-v2 are ``real``, ``synthetic``, ``mixed`` and
/// ``pretrainFineTune``.
public struct TrainingStrategy: Hashable, Codable, Sendable {
  /// The stages, one at least.
  public var stages: [TrainingStage]

  /// Creates a strategy.
  ///
  /// - Parameter stages: The stages; the first does not start from a stage before.
  /// - Precondition: There is a stage.
  public init(stages: [TrainingStage]) {
    precondition(!stages.isEmpty, "a strategy has a stage")
    precondition(stages[0].start != .previousStage, "no stage comes before the first")
    self.stages = stages
  }

  /// Creates a strategy from mixes as RoentGen-v2 trains: one stage starts from the weights that are
  /// given; of several the first starts from random weights, the others fine-tune.
  ///
  /// - Parameter mixes: What each stage learns from, one at least.
  public init(_ mixes: TrainingMix...) {
    self.init(mixes: mixes)
  }

  init(mixes: [TrainingMix]) {
    self.init(
      stages: mixes.enumerated().map { number, mix in
        number == 0
          ? TrainingStage(mix, start: mixes.count == 1 ? .given : .random)
          : TrainingStage(
            mix, learningRate: TrainingStage.fineTuningLearningRate, start: .previousStage)
      })
  }

  /// Real images only.
  public static let real = TrainingStrategy(.real)
  /// Synthetic images only.
  public static let synthetic = TrainingStrategy(.synthetic)
  /// Real and synthetic images together, each once per epoch.
  public static let mixed = TrainingStrategy(.pooled)
  /// Synthetic images from random weights on, then real ones at a lower learning rate.
  public static let pretrainFineTune = TrainingStrategy(.synthetic, .real)

  /// The published strategies by the names that are typed.
  public static let published: [(name: String, strategy: TrainingStrategy)] = [
    ("real", real), ("synthetic", synthetic), ("mixed", mixed),
    ("pretrain-finetune", pretrainFineTune),
  ]

  /// Returns the strategy on parts of its real images, to see how many labels a model needs.
  ///
  /// Under one seed, the images of a smaller share are within those of a larger one. Synthetic images
  /// are as they were.
  ///
  /// - Parameter shares: Shares of the real patients, above 0 and at most 1.
  /// - Returns: A strategy for each share.
  /// - Precondition: A stage takes all real images.
  public func labelEfficiency(shares: [Double]) -> [TrainingStrategy] {
    precondition(stages.contains { $0.mix.real == .all }, "some stage takes all real images")
    return shares.map { share in
      precondition(share > 0 && share <= 1, "a share is above 0, up to 1")
      var strategy = self
      for stage in stages.indices where stages[stage].mix.real == .all {
        strategy.stages[stage].mix.real = share < 1 ? .share(share) : .all
      }
      return strategy
    }
  }

  /// Returns the strategy with a first stage that begins with the weights that a run is given, also
  /// where it would begin with random ones.
  public func beginningWithGivenWeights() -> TrainingStrategy {
    var strategy = self
    strategy.stages[0].start = .given
    return strategy
  }

  /// The sources that some stage needs.
  public var sources: [TrainingSource] {
    TrainingSource.allCases.filter { source in
      stages.contains { !$0.mix.amount(of: source).isNone }
    }
  }
}

extension TrainingStrategy: CustomStringConvertible {
  private static let separator = "-then-"

  /// How a strategy is typed, for messages and help.
  public static let grammar =
    "real, synthetic, mixed[:RATIO], pretrain-finetune, a mix of Synthetic-XRay such as synth-25, "
    + "or MIX-then-MIX"

  /// Reads a strategy as it is typed.
  ///
  ///     try TrainingStrategy("synthetic-then-real=10%")
  ///
  /// - Parameter text: A published name, a name of ``SyntheticXRayMix``, a ``TrainingMix``, or
  ///   several mixes with `-then-` between them.
  /// - Throws: `TrainingDataError` with code `.unknownWord`.
  public init(_ text: String) throws(TrainingDataError) {
    if let named = Self.published.first(where: { $0.name == text }) {
      self = named.strategy
    } else if let mix = SyntheticXRayMix(rawValue: text) {
      self.init(mix.mix)
    } else {
      let words = Self.published.map(\.name) + SyntheticXRayMix.allCases.map(\.rawValue)
      if let word = words.nearest(to: text), (try? TrainingMix(text)) == nil,
        !text.contains(Self.separator)
      {
        throw TrainingDataError(
          .unknownWord,
          "There is no strategy '\(text)'; did you mean \(word)? A strategy is \(Self.grammar).")
      }
      var mixes: [TrainingMix] = []
      for part in text.split(separator: Self.separator, omittingEmptySubsequences: false) {
        mixes.append(try TrainingMix(String(part)))
      }
      self.init(mixes: mixes)
    }
  }

  /// The mixes of the stages as they are typed; learning rates are not in it.
  public var description: String {
    let courses = stages.map { TrainingStage($0.mix, start: $0.start) }
    if let named = Self.published.first(where: { named in
      named.strategy.stages.map { TrainingStage($0.mix, start: $0.start) } == courses
    }) {
      return named.name
    }
    return stages.map(\.mix.description).joined(separator: Self.separator)
  }
}
