// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
public import CXRTraining

/// The images that a model learns from: what a mix takes of real and of synthetic ones.
///
///     let examples = try ExampleSet(
///       real: real, synthetic: synthetic, mix: TrainingMix("mixed:1:3"), seed: 7)
///     examples.countPerEpoch
///
/// Everything is a function of the seed and of the ids of radiographs and patients, and smaller
/// amounts are within larger ones: where patients stay together, in the order of each patient's own
/// draw, so that leaving some out does not change the order of the others.
public struct ExampleSet: Sendable {
  /// An image as it is presented.
  public struct Example: Hashable, Sendable {
    /// The list that the image is of.
    public let source: TrainingSource
    /// Its position in the list.
    public let row: Int
    /// How often the same image was drawn before in the same epoch.
    public let repetition: Int
  }

  /// What is learned, in the order of the columns of targets.
  public let labels: [LearnedLabel]
  /// The width and height of every image, in pixels.
  public let side: Int
  /// What takes part.
  public let mix: TrainingMix
  /// The seed.
  public let seed: UInt64
  private let lists: [TrainingSource: LabelledImages]
  private let rows: [TrainingSource: [Int]]
  /// How many images of each source an epoch has.
  private let counts: [TrainingSource: Int]

  /// Chooses the images of a mix.
  ///
  /// - Parameters:
  ///   - real: The real images; `nil` when the mix has none.
  ///   - synthetic: The synthetic images; `nil` when the mix has none.
  ///   - mix: What takes part.
  ///   - seed: The seed.
  /// - Throws: `TrainingDataError` with code `.noImages` when a source of the mix is not there,
  ///   `.tooFewImages` when it is too small, `.unfitSources` when labels or sizes differ,
  ///   `.repeatedImage` when a radiograph is real and synthetic.
  /// - Complexity: O(*n* log *n*).
  public init(
    real: LabelledImages? = nil, synthetic: LabelledImages? = nil, mix: TrainingMix, seed: UInt64
  ) throws(TrainingDataError) {
    var lists: [TrainingSource: LabelledImages] = [:]
    for (source, list) in [(TrainingSource.real, real), (.synthetic, synthetic)]
    where !mix.amount(of: source).isNone {
      guard let list else {
        throw TrainingDataError(
          .noImages, "The mix \(mix) needs \(source.rawValue) images; name where they are.")
      }
      lists[source] = list
    }
    let present = TrainingSource.allCases.compactMap { lists[$0] }
    try Self.requireFit(present)
    labels = present[0].labels
    side = present[0].pixels.side
    self.mix = mix
    self.seed = seed
    self.lists = lists
    var rows: [TrainingSource: [Int]] = [:]
    for source in TrainingSource.allCases {
      guard let list = lists[source] else { continue }
      rows[source] = try ImageChoice(source: source, order: mix.order, seed: seed)
        .rows(of: list, amount: mix.amount(of: source))
    }
    self.rows = rows
    counts = try Self.counts(of: rows.mapValues(\.count), mix: mix)
  }

  /// Takes all images of one list, each once per epoch: for validation, tests and predictions.
  ///
  /// - Parameters:
  ///   - images: The images.
  ///   - seed: The seed; it matters only where the images are augmented or shuffled.
  public init(_ images: LabelledImages, seed: UInt64 = 0) {
    labels = images.labels
    side = images.pixels.side
    mix = .real
    self.seed = seed
    lists = [.real: images]
    rows = [.real: Array(0..<images.count)]
    counts = [.real: images.count]
  }

  /// The number of images in an epoch.
  public var countPerEpoch: Int { counts.values.reduce(0, +) }

  /// Returns the number of images of a source in an epoch.
  ///
  /// - Parameter source: The source.
  /// - Returns: The number; 0 for a source that the mix has not.
  public func countPerEpoch(of source: TrainingSource) -> Int { counts[source, default: 0] }

  /// Returns the list that examples of a source are rows of.
  ///
  /// - Parameter source: The source.
  /// - Returns: The list; `nil` for a source that the mix has not.
  public func images(of source: TrainingSource) -> LabelledImages? { lists[source] }

  /// Returns the rows of a source that take part, whether or not in every epoch.
  ///
  /// - Parameter source: The source.
  /// - Returns: The rows, ascending.
  public func rows(of source: TrainingSource) -> [Int] { rows[source, default: []] }

  /// Returns the images of an epoch, not shuffled: real ones first, each source by its rows.
  ///
  /// - Parameter epoch: The number of the epoch, from 0.
  /// - Returns: ``countPerEpoch`` examples.
  /// - Complexity: O(*n* log *n*).
  public func examples(epoch: Int) -> [Example] {
    TrainingSource.allCases.flatMap { source -> [Example] in
      let rows = rows(of: source)
      let count = countPerEpoch(of: source)
      let stream = RandomStream(seed: seed, purpose: "mix.\(source).epoch", index: epoch)
      if mix.ratio != nil, mix.drawing == .withReplacement {
        return Self.drawn(count, of: rows, source, stream)
      }
      let chosen = count < rows.count ? rows.shuffled(by: stream, prefix: count).sorted() : rows
      return chosen.map { Example(source: source, row: $0, repetition: 0) }
    }
  }

  /// Rows drawn each by itself, sorted, with their repetitions counted.
  private static func drawn(
    _ count: Int, of rows: [Int], _ source: TrainingSource, _ stream: RandomStream
  ) -> [Example] {
    let drawn = (0..<count).map { rows[stream.index(at: $0, below: rows.count)] }.sorted()
    var repetition = 0
    return drawn.enumerated().map { position, row in
      repetition = position > 0 && drawn[position - 1] == row ? repetition + 1 : 0
      return Example(source: source, row: row, repetition: repetition)
    }
  }

  private static func requireFit(_ lists: [LabelledImages]) throws(TrainingDataError) {
    guard lists.count == 2 else { return }
    guard lists[0].labels == lists[1].labels else {
      throw TrainingDataError(
        .unfitSources, "Real and synthetic images are asked for different labels; name one list.")
    }
    guard lists[0].pixels.side == lists[1].pixels.side else {
      throw TrainingDataError(
        .unfitSources,
        "Real images are \(lists[0].pixels.side) pixels wide, synthetic ones "
          + "\(lists[1].pixels.side); build a store of the same size.")
    }
    let shared = Set(lists[0].radiographIDs).intersection(lists[1].radiographIDs).count
    guard shared == 0 else {
      throw TrainingDataError(
        .repeatedImage,
        "\(NumberText.count(shared, "radiograph")) would be both real and synthetic; name "
          + "different datasets.")
    }
  }

  private static func counts(
    of available: [TrainingSource: Int], mix: TrainingMix
  ) throws(TrainingDataError) -> [TrainingSource: Int] {
    guard let ratio = mix.ratio, let real = available[.real], let synthetic = available[.synthetic]
    else { return available }
    switch mix.drawing {
    case .withoutReplacement:
      let times = min(real / ratio.real, synthetic / ratio.synthetic)
      guard times > 0 else {
        throw TrainingDataError(
          .tooFewImages,
          "\(NumberText.count(real)) real and \(NumberText.count(synthetic)) synthetic images cannot "
            + "have the ratio \(ratio) without replacement; choose another ratio.")
      }
      return [.real: times * ratio.real, .synthetic: times * ratio.synthetic]
    case .withReplacement:
      let share = Double(ratio.real) / Double(ratio.real + ratio.synthetic)
      let whole = real + synthetic
      let drawn = Int((share * Double(whole)).rounded())
      return [.real: drawn, .synthetic: whole - drawn]
    }
  }
}
