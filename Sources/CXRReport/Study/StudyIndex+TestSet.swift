// SPDX-License-Identifier: Apache-2.0
public import CXRCore

extension StudyIndex {
  /// A test set: radiographs of one dataset.
  public struct TestSet: Codable, Hashable, Sendable {
    /// Whether a test set comes from where the training data came from.
    public enum Role: String, CaseIterable, Codable, Sendable {
      /// From the same place as the training data.
      case inDistribution
      /// From elsewhere.
      case external
    }

    /// The name of the dataset in the catalog.
    public var dataset: String
    /// What tables and figures call it, such as `MIMIC-CXR`.
    public var label: String
    /// Whether it comes from where the training data came from.
    public var role: Role
    /// The split of which a part is used; absent for the whole dataset.
    public var split: String?
    /// The part of the split, such as `test`.
    public var part: String?
    /// The only view that is used.
    public var view: View?
    /// The attributes whose groups are compared, such as `sex*race` and `sex*age`; empty for a
    /// test set without demographics.
    public var groups: [String]
    /// What the published study calls it, such as `mimic`.
    public var publishedAs: String?

    /// Creates a test set.
    ///
    /// - Parameters:
    ///   - dataset: The name of the dataset in the catalog.
    ///   - label: What tables and figures call it.
    ///   - role: Whether it comes from where the training data came from.
    ///   - split: The split of which a part is used.
    ///   - part: The part of the split.
    ///   - view: The only view that is used.
    ///   - groups: The attributes whose groups are compared.
    ///   - publishedAs: What the published study calls it.
    public init(
      dataset: String, label: String, role: Role, split: String? = nil, part: String? = nil,
      view: View? = nil, groups: [String] = [], publishedAs: String? = nil
    ) {
      self.dataset = dataset
      self.label = label
      self.role = role
      self.split = split
      self.part = part
      self.view = view
      self.groups = groups
      self.publishedAs = publishedAs
    }
  }
}
