// SPDX-License-Identifier: Apache-2.0

/// Everything about a run, beside its models, that decides which images it gives.
///
/// How the work is done – batches, shards, machines – is no part of it and changes nothing.
public struct GenerationSettings: Codable, Hashable, Sendable {
  /// What becomes of images that failed a check.
  public enum RejectedImages: String, Codable, CaseIterable, Sendable {
    /// They are logged only.
    case drop
    /// They are kept in the folder `rejected`.
    case keep
  }

  /// The name of the run.
  public var name: String
  /// The prompt set.
  public var promptSet: String
  /// The seed that the seeds of all images follow from.
  public var seed: UInt64 = 1
  /// How many images are made from each prompt.
  public var copies = CopyPlan.each(1)
  /// How often an image is made anew with a fresh seed before it is given up.
  public var regenerations = 3
  /// What is checked; each name once.
  public var predicates = QualityPredicate.published
  /// What becomes of images that failed a check.
  public var rejectedImages = RejectedImages.drop

  /// Creates settings: one image for each prompt, the published checks, three regenerations.
  ///
  /// - Parameters:
  ///   - name: The name of the run.
  ///   - promptSet: The prompt set.
  public init(name: String, promptSet: String) {
    self.name = name
    self.promptSet = promptSet
  }

  /// Checks the settings by themselves.
  ///
  /// - Throws: ``GenerationError`` with code `.invalidSetting`.
  func validate() throws(GenerationError) {
    guard !name.isEmpty else {
      throw GenerationError(.invalidSetting, "A generation run needs a name; give one with --name.")
    }
    guard (0...99).contains(regenerations) else {
      throw GenerationError(.invalidSetting, "Images are made anew 0 to 99 times.")
    }
    guard Set(predicates.map(\.name)).count == predicates.count else {
      throw GenerationError(.invalidSetting, "A check is named twice; name each once.")
    }
  }
}
