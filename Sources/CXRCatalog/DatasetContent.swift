// SPDX-License-Identifier: Apache-2.0

/// Everything that an ingester has read of a dataset.
public struct DatasetContent: Sendable {
  /// The short name, such as `nih`.
  public var name: String
  /// The title that reports print.
  public var title: String
  /// The file from which the labels were taken.
  public var labelSource: String
  /// The file from which the ages were taken.
  public var ageSource: String
  /// What identifies the sources and the options; equal digests mean that nothing has changed.
  public var contentDigest: String
  /// The dataset's own labels.
  public var nativeLabels: [NativeLabel]
  /// The patients.
  public var patients: [PatientRecord]
  /// The radiographs.
  public var radiographs: [RadiographRecord]
  /// The boxes.
  public var boxes: [BoxRecord]
  /// The splits that come with the dataset.
  public var splits: [SplitContent]
  /// The reports of the studies.
  public var reports: [ReportRecord] = []
  /// The label policy that the dataset's authors suggest, as it is typed.
  public var suggestedPolicy: String?
  /// The description of the dataset by which it was read, in YAML.
  public var descriptor: String?

  /// Creates the content of a dataset.
  ///
  /// - Parameters:
  ///   - name: The short name, such as `nih`.
  ///   - title: The title that reports print.
  ///   - labelSource: The file from which the labels were taken.
  ///   - ageSource: The file from which the ages were taken.
  ///   - contentDigest: What identifies the sources and the options.
  ///   - nativeLabels: The dataset's own labels.
  ///   - patients: The patients.
  ///   - radiographs: The radiographs.
  ///   - boxes: The boxes.
  ///   - splits: The splits that come with the dataset.
  public init(
    name: String, title: String, labelSource: String, ageSource: String, contentDigest: String,
    nativeLabels: [NativeLabel], patients: [PatientRecord], radiographs: [RadiographRecord],
    boxes: [BoxRecord] = [], splits: [SplitContent] = []
  ) {
    self.name = name
    self.title = title
    self.labelSource = labelSource
    self.ageSource = ageSource
    self.contentDigest = contentDigest
    self.nativeLabels = nativeLabels
    self.patients = patients
    self.radiographs = radiographs
    self.boxes = boxes
    self.splits = splits
  }
}
