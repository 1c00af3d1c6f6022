// SPDX-License-Identifier: Apache-2.0

/// One model's scores as an importer hands them to the catalog.
public struct PredictionRunContent: Sendable {
  /// The scores of one label.
  public struct Column: Sendable {
    /// The label as the catalog names it: a finding's name, or a native label's.
    public let label: String
    /// The column of the file.
    public let sourceColumn: String
    /// One finite score per image, in the order of ``PredictionRunContent/radiographIDs``.
    public var scores: [Double]

    /// Creates a column.
    ///
    /// - Parameters:
    ///   - label: The label as the catalog names it.
    ///   - sourceColumn: The column of the file.
    ///   - scores: One finite score per image.
    public init(label: String, sourceColumn: String, scores: [Double] = []) {
      self.label = label
      self.sourceColumn = sourceColumn
      self.scores = scores
    }
  }

  /// The name of the model.
  public var model: String
  /// The name of the file, without its folder.
  public var fileName: String
  /// The SHA-256 of the file.
  public var sha256: String
  /// What identifies the file and the options.
  public var contentDigest: String
  /// The radiographs, by the ids of ``Catalog/radiographIDs(dataset:)``, each once.
  public var radiographIDs: [Int64]
  /// The number of images that the dataset does not have.
  public var unknownImageCount: Int
  /// The scores.
  public var columns: [Column]

  /// Creates the content of a run.
  ///
  /// - Parameters:
  ///   - model: The name of the model.
  ///   - fileName: The name of the file, without its folder.
  ///   - sha256: The SHA-256 of the file.
  ///   - contentDigest: What identifies the file and the options.
  ///   - radiographIDs: The radiographs, each once.
  ///   - unknownImageCount: The number of images that the dataset does not have.
  ///   - columns: The scores.
  public init(
    model: String, fileName: String, sha256: String, contentDigest: String,
    radiographIDs: [Int64], unknownImageCount: Int, columns: [Column]
  ) {
    self.model = model
    self.fileName = fileName
    self.sha256 = sha256
    self.contentDigest = contentDigest
    self.radiographIDs = radiographIDs
    self.unknownImageCount = unknownImageCount
    self.columns = columns
  }
}
