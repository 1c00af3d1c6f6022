// SPDX-License-Identifier: Apache-2.0

/// How much of real and of synthetic images a model learns from, and how they share an epoch.
///
///     try TrainingMix("mixed")                // every image of both once per epoch
///     try TrainingMix("mixed:1:3")            // three synthetic images for each real one
///     try TrainingMix("real=10%")             // a tenth of the real patients
///     try TrainingMix("mixed,real=522+stratified")
///
/// What takes part is chosen once, by the seed; see ``ExampleSet``.
public struct TrainingMix: Hashable, Codable, Sendable {
  /// How often an image may occur in an epoch in which real and synthetic images have a ratio.
  public enum Drawing: String, Codable, Hashable, Sendable {
    /// At most once. An epoch is the longest that has exactly the ratio: the scarcer source gives
    /// all or nearly all, of the other each epoch draws anew.
    case withoutReplacement
    /// Any number of times. An epoch is as long as both sources together, each image of it drawn
    /// by itself.
    case withReplacement
  }

  /// The order in which images are taken until there are enough.
  public enum Order: String, CaseIterable, Codable, Hashable, Sendable {
    /// Patients in random order, each with all images.
    case patients
    /// Images in random order, such that any number of them has nearly its share of every combination
    /// of targets: of two classes to one image.
    case stratified
  }

  /// How much of the real images takes part.
  public var real: MixAmount
  /// How much of the synthetic images takes part.
  public var synthetic: MixAmount
  /// The ratio of real to synthetic images in each epoch; `nil` when all that take part are in each.
  public var ratio: MixRatio?
  /// How often an image may occur in an epoch; of importance with a ratio only.
  public var drawing: Drawing
  /// The order in which images are taken until there are enough.
  public var order: Order

  /// Creates a mix.
  ///
  /// - Parameters:
  ///   - real: How much of the real images takes part.
  ///   - synthetic: How much of the synthetic images takes part.
  ///   - ratio: The ratio of real to synthetic images in each epoch; `nil` for no ratio.
  ///   - drawing: How often an image may occur in an epoch with a ratio.
  ///   - order: The order in which images are taken until there are enough.
  /// - Precondition: Something takes part; with a ratio, both do; counts are at least 1 and shares
  ///   above 0 and at most 1.
  public init(
    real: MixAmount, synthetic: MixAmount, ratio: MixRatio? = nil,
    drawing: Drawing = .withoutReplacement, order: Order = .patients
  ) {
    precondition(!real.isNone || !synthetic.isNone, "a mix has images")
    precondition(ratio == nil || !real.isNone && !synthetic.isNone, "a ratio has two sources")
    for amount in [real, synthetic] {
      switch amount {
      case .count(let count): precondition(count > 0, "a count is at least 1")
      case .share(let share): precondition(share > 0 && share <= 1, "a share is above 0, up to 1")
      case .none, .all: break
      }
    }
    self.real = real
    self.synthetic = synthetic
    self.ratio = ratio
    self.drawing = drawing
    self.order = order
  }

  /// All real images.
  public static let real = TrainingMix(real: .all, synthetic: .none)
  /// All synthetic images.
  public static let synthetic = TrainingMix(real: .none, synthetic: .all)
  /// All images of both, each once per epoch.
  public static let pooled = TrainingMix(real: .all, synthetic: .all)

  /// Returns how much of a source takes part.
  ///
  /// - Parameter source: The source.
  /// - Returns: The amount.
  public func amount(of source: TrainingSource) -> MixAmount {
    switch source {
    case .real: real
    case .synthetic: synthetic
    }
  }
}
