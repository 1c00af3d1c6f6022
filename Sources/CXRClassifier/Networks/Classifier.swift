// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles
public import CXRTensor
internal import Foundation

/// A network that gives a probability for each finding, with its weights.
///
///     let classifier = try Classifier(folder: "runs/real/best", on: .cpu)
///     classifier.description.labels
///     let logits = try withInference { try classifier.logits(pictures, .evaluation) }
///
/// In a file it is a folder: `classifier.json` says what it is, `model.safetensors` has the weights
/// under torchvision's names.
public struct Classifier {
  /// What the classifier is.
  public let description: ClassifierDescription
  /// The weights; the network uses these very tensors.
  public let state: StateDictionary
  let module: ClassifierModule

  /// Makes a classifier that has learned nothing.
  ///
  /// - Parameters:
  ///   - description: What it is.
  ///   - seed: Decides over the weights.
  ///   - device: Where it computes.
  ///   - order: The order of the elements of convolutions' weights.
  ///   - ranks: The ranks that train it together.
  /// - Throws: `TensorError` without libtorch or the device, or if memory is short.
  public init(
    _ description: ClassifierDescription, seed: UInt64, on device: Device,
    order: MemoryOrder = .contiguous, ranks: RankGroup = .alone
  ) throws(TensorError) {
    let network = try Network(seed: seed, on: device, order: order, ranks: ranks) {
      scope throws(TensorError) in
      try description.architecture.module(in: scope)
    }
    self.description = description
    (module, state) = (network.module, network.state)
  }

  /// Reads a classifier.
  ///
  /// - Parameters:
  ///   - folder: The folder that ``write(to:)`` made.
  ///   - device: Where it computes.
  /// - Throws: `FileError` for files that are missing, damaged or of a later release; `TensorError`
  ///   if the weights are not those of the network, without libtorch or the device.
  public init(folder: String, on device: Device) throws {
    try self.init(Self.description(in: folder), seed: 0, on: device)
    let weights = Self.weightsPath(in: folder)
    try state.load(WeightFile(path: weights).tensors, from: weights)
  }

  /// Writes the classifier, whole or not at all; a former one in the folder is replaced.
  ///
  /// - Parameter folder: The folder; it is made.
  /// - Throws: `FileError` with code `.unwritable`; `TensorError` if the device's work failed.
  public func write(to folder: String) throws {
    try AtomicFolder.write(to: folder) { path in
      try JSONDocument.write(
        Document(version: Document.currentVersion, classifier: description),
        to: "\(path)/\(Self.descriptionName)")
      try SafetensorsFile.write(state.stored(), to: "\(path)/\(Self.weightsName)")
    }
  }

  /// One number before the sigmoid for each picture and finding.
  ///
  /// - Parameters:
  ///   - pictures: Shape `[batch, channels, side, side]`, scaled as the description says.
  ///   - phase: What the network is run for.
  ///   - activations: What becomes of the numbers within the network.
  ///   - generator: What dropout draws from; `nil` for the generator that operators share.
  /// - Returns: Shape `[batch, labels]`.
  /// - Throws: `TensorError` if the channels differ or memory is short.
  public func logits(
    _ pictures: Tensor, _ phase: Phase, _ activations: Activations = .kept,
    dropout generator: Generator? = nil
  ) throws(TensorError) -> Tensor {
    try module(pictures, phase, activations, dropout: generator)
  }

  /// Reads what the classifier in a folder is, without its weights.
  ///
  /// - Throws: `FileError` for a description that is missing, damaged or of a later release.
  static func description(in folder: String) throws(FileError) -> ClassifierDescription {
    let path = descriptionPath(in: folder)
    let document = try JSONDocument.read(Document.self, from: path)
    guard document.version == Document.currentVersion else {
      throw FileError(
        .malformed,
        "\(path) has version \(document.version), and this program reads version "
          + "\(Document.currentVersion); use the release that wrote it.")
    }
    return document.classifier
  }

  /// Whether a folder holds a classifier.
  static func isFolder(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: descriptionPath(in: path))
  }

  /// The file of weights of the classifier in a folder.
  static func weightsPath(in folder: String) -> String { file(weightsName, in: folder) }

  private static func descriptionPath(in folder: String) -> String {
    file(descriptionName, in: folder)
  }

  private static func file(_ name: String, in folder: String) -> String {
    URL(filePath: folder, directoryHint: .isDirectory).appending(path: name).path
  }

  private static let descriptionName = "classifier.json"
  private static let weightsName = "model.safetensors"

  /// The content of `classifier.json`.
  private struct Document: Codable {
    static let currentVersion = 1
    let version: Int
    let classifier: ClassifierDescription
  }
}
