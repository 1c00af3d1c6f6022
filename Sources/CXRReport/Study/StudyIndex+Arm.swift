// SPDX-License-Identifier: Apache-2.0

extension StudyIndex {
  /// One trained classifier: a strategy at a size of data, with a seed.
  public struct Arm: Codable, Hashable, Sendable {
    /// A name that no other arm has, such as `pretrained-25`.
    public var name: String
    /// The strategy, such as `synthetic-pretrained`: arms that differ in size or seed only share
    /// it, and with it a colour and a curve.
    public var strategy: String
    /// What tables and figures call it, such as `Synthetic, then real`.
    public var label: String
    /// The name under which its predictions lie in the catalog, on every test set.
    public var model: String
    /// Whether it stands in the main tables, as a rule at the full size of the data.
    public var isHeadline: Bool
    /// The share of the real training images that it saw, from 0 to 1.
    public var realShare: Double?
    /// The number of real training images that it saw.
    public var realCount: Int?
    /// The share of the synthetic training images that it saw, from 0 to 1.
    public var syntheticShare: Double?
    /// The number of synthetic training images that it saw.
    public var syntheticCount: Int?
    /// The seed of the training, where there are several.
    public var seed: UInt64?
    /// The name of its training run in the catalog, for curves.
    public var trainingRun: String?
    /// What the published study calls it, such as `synthetic+real` or `Synth-25`; only headline
    /// arms have published numbers.
    public var publishedAs: String?

    /// Creates an arm.
    ///
    /// - Parameters:
    ///   - name: A name that no other arm has.
    ///   - strategy: The strategy.
    ///   - label: What tables and figures call it.
    ///   - model: The name under which its predictions lie in the catalog.
    ///   - isHeadline: Whether it stands in the main tables.
    ///   - realShare: The share of the real training images that it saw, from 0 to 1.
    ///   - realCount: The number of real training images that it saw.
    ///   - syntheticShare: The share of the synthetic training images that it saw, from 0 to 1.
    ///   - syntheticCount: The number of synthetic training images that it saw.
    ///   - seed: The seed of the training, where there are several.
    ///   - trainingRun: The name of its training run in the catalog.
    ///   - publishedAs: What the published study calls it.
    public init(
      name: String, strategy: String, label: String, model: String, isHeadline: Bool = true,
      realShare: Double? = nil, realCount: Int? = nil, syntheticShare: Double? = nil,
      syntheticCount: Int? = nil, seed: UInt64? = nil, trainingRun: String? = nil,
      publishedAs: String? = nil
    ) {
      self.name = name
      self.strategy = strategy
      self.label = label
      self.model = model
      self.isHeadline = isHeadline
      self.realShare = realShare
      self.realCount = realCount
      self.syntheticShare = syntheticShare
      self.syntheticCount = syntheticCount
      self.seed = seed
      self.trainingRun = trainingRun
      self.publishedAs = publishedAs
    }

    /// What arms have in common that differ in nothing but the seed.
    var replicateKey: [String] {
      [
        strategy, realShare.map { "\($0)" } ?? "", realCount.map { "\($0)" } ?? "",
        syntheticShare.map { "\($0)" } ?? "", syntheticCount.map { "\($0)" } ?? "",
      ]
    }
  }
}
