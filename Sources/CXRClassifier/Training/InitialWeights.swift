// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
public import CXRFiles
internal import CXRTensor
internal import Foundation

/// Weights that a run begins with: those of a classifier's folder, or a file of weights from elsewhere.
///
///     let weights = try InitialWeights(path: "densenet121-imagenet.safetensors")
///     let report = try weights.load(into: classifier)
///     report.notes  // ["classifier is new, not from the file"]
///
/// A file may have a head of another width, as ImageNet's 1,000 classes: the classifier then keeps
/// its own. A first convolution of several channels is added up for a classifier of one. The names
/// may differ as `WeightSpelling.known` says. Nothing else may differ.
public struct InitialWeights: Sendable {
  /// The path, as given.
  public let path: String
  /// The file that holds the tensors.
  public let filePath: String
  /// The classifier that the folder describes; `nil` for a file.
  private let folder: ClassifierDescription?

  /// Finds the weights; they are read later.
  ///
  /// - Parameter path: The folder of a classifier, or a file of weights.
  /// - Throws: `FileError` with code `.missing` if there is neither, or if a folder holds no
  ///   classifier; `.malformed` if its description is damaged.
  public init(path: String) throws(FileError) {
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw FileError(
        .missing,
        "\(path) is neither a folder nor a file; name a classifier's folder or a file of weights.")
    }
    self.path = path
    guard isFolder.boolValue else {
      (filePath, folder) = (path, nil)
      return
    }
    guard Classifier.isFolder(path) else {
      throw FileError(
        .missing,
        "\(path) holds no classifier; name the folder that cxr train wrote, such as OUT/best, or a "
          + "file of weights.")
    }
    filePath = Classifier.weightsPath(in: path)
    folder = try Classifier.description(in: path)
  }

  /// The SHA-256 of the file.
  ///
  /// - Throws: `FileError` if the file cannot be read.
  /// - Complexity: O(bytes).
  public var sha256: String {
    get throws(FileError) { try FileDigest(path: filePath).sha256 }
  }

  /// Gives a classifier the weights.
  ///
  /// Nothing is changed unless everything fits.
  ///
  /// - Parameter classifier: The classifier.
  /// - Returns: What was taken over.
  /// - Throws: `FileError` if the file cannot be read; `TensorError` with code `.mismatch` that names
  ///   what is missing, unexpected or of another shape, all at once.
  @discardableResult
  public func load(into classifier: Classifier) throws -> WeightReport {
    let tensors = try WeightFile(path: filePath).tensors
    let names = try WeightSpelling.known.names(
      in: tensors.names, for: classifier.state.names, source: filePath)
    let description = classifier.description
    let head = description.architecture.headName
    let reason = reasonForNewHead(head, of: classifier, tensors, names)
    var adaptation = WeightAdaptation(newHead: reason == nil ? nil : head)
    if description.architecture.inputChannels == 1 { adaptation.inputChannels = .summed }
    var notes = try classifier.state.load(tensors, from: filePath, adapting: adaptation)
    if let reason {
      notes.append(reason)
    } else if folder == nil {
      notes.append("\(head) is the file's, whatever its \(description.labels.count) outputs mean")
    }
    let taken = names.source.keys.count { reason == nil || !$0.hasPrefix("\(head).") }
    return WeightReport(
      path: filePath, tensorCount: taken, networkTensorCount: classifier.state.names.count,
      notes: notes)
  }

  /// Why the file's head is of no use; `nil` if it fits.
  private func reasonForNewHead(
    _ head: String, of classifier: Classifier, _ tensors: StoredTensors, _ names: WeightNames
  ) -> String? {
    let labels = classifier.description.labels
    if let folder, folder.labels != labels {
      return "the outputs of \(path) are of other labels, or in another order"
    }
    let parts = classifier.state.entries.filter { $0.name.hasPrefix("\(head).") }
    let isWhole = parts.allSatisfy { entry in
      names.source[entry.name].flatMap { tensors[$0] }?.shape == entry.tensor.shape
    }
    let others = names.unexpected.filter { ".\($0)".contains(".\(head).") }
    guard !isWhole || !others.isEmpty else { return nil }
    let bias = tensors.first { ".\($0.name)".hasSuffix(".\(head).bias") }
    return bias?.shape.first.map {
      "the file's head has \(NumberText.count($0, "output")), and \(labels.count) are wanted"
    } ?? "the file's head is of another make, or there is none"
  }
}
