// SPDX-License-Identifier: Apache-2.0
public import CXRCore

extension StudyIndex {
  /// A column of the population tables.
  public struct Population: Codable, Hashable, Sendable {
    /// The heading, such as `MIMIC-CXR train`.
    public var label: String
    /// The dataset.
    public var dataset: String
    /// The cohort; absent for the whole dataset.
    public var cohort: String?
    /// The split; absent for all parts.
    public var split: String?
    /// The part of the split.
    public var part: String?
    /// The only view that counts.
    public var view: View?

    /// Creates a column.
    ///
    /// - Parameters:
    ///   - label: The heading.
    ///   - dataset: The dataset.
    ///   - cohort: The cohort.
    ///   - split: The split.
    ///   - part: The part of the split.
    ///   - view: The only view that counts.
    public init(
      label: String, dataset: String, cohort: String? = nil, split: String? = nil,
      part: String? = nil, view: View? = nil
    ) {
      self.label = label
      self.dataset = dataset
      self.cohort = cohort
      self.split = split
      self.part = part
      self.view = view
    }
  }

  /// The scores of a generator's checkpoints.
  public struct Checkpoints: Codable, Hashable, Sendable {
    /// The path of the `score.json` that `cxr diffusion score` writes, or of a CSV table.
    ///
    /// A table has a header; the first column names the checkpoint, each further column is a score.
    public var path: String
    /// The name of the checkpoint that was chosen, if one was.
    public var chosen: String?

    /// Names the scores.
    ///
    /// - Parameters:
    ///   - path: The path of a `score.json` or of a CSV table.
    ///   - chosen: The name of the checkpoint that was chosen.
    public init(path: String, chosen: String? = nil) {
      self.path = path
      self.chosen = chosen
    }
  }

  /// One distance between real and generated images: its value, or the document in which it lies.
  public struct Distance: Codable, Hashable, Sendable {
    /// Which images, such as `normal`.
    public var label: String
    /// What was measured, such as `FID`.
    public var metric: String
    /// The value; absent when it could not be computed.
    public var value: Double?
    /// The number of real images.
    public var realCount: Int?
    /// The number of generated images.
    public var generatedCount: Int?
    /// The name of the file that the value comes from, or why there is none.
    public var note: String?
    /// The path of the `score.json` that `cxr diffusion score` writes, from whose first run value and
    /// numbers are taken.
    public var path: String?
    /// What the published study calls the images, such as `normal`.
    public var publishedAs: String?

    /// Creates a distance.
    ///
    /// - Parameters:
    ///   - label: Which images.
    ///   - metric: What was measured.
    ///   - value: The value.
    ///   - realCount: The number of real images.
    ///   - generatedCount: The number of generated images.
    ///   - note: The name of the file that the value comes from, or why there is none.
    ///   - path: The path of the document in which the value lies.
    ///   - publishedAs: What the published study calls the images.
    public init(
      label: String, metric: String, value: Double? = nil, realCount: Int? = nil,
      generatedCount: Int? = nil, note: String? = nil, path: String? = nil,
      publishedAs: String? = nil
    ) {
      self.label = label
      self.metric = metric
      self.value = value
      self.realCount = realCount
      self.generatedCount = generatedCount
      self.note = note
      self.path = path
      self.publishedAs = publishedAs
    }
  }
}
