// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
public import CXRFiles
public import CXRImage
public import CXRTensor
internal import Foundation

/// A file or folder that holds a network whose features are taken, and which network it is.
///
///     let file = try FeatureFile(path: "inception.safetensors", resize: .cleanFID)
///     print(file)  // Inception v3, resized as clean-fid (bicubic, 299 × 299)
///
/// What it is follows from its content: a folder that `cxr train` wrote, the weights of the Inception v3
/// of published Fréchet distances, those of a DenseNet of torchxrayvision, or a program in TorchScript
/// with a description beside it.
public struct FeatureFile: Sendable {
  /// Which network a file holds.
  public enum Kind: Hashable, Sendable {
    /// The Inception v3 of Fréchet distances, its 2,048 features.
    case inception(ResizeConvention)
    /// A classifier that `cxr train` wrote, its features before the head.
    case classifier
    /// A DenseNet-121 of torchxrayvision, its 1,024 features before the head.
    case xrv
    /// A program in TorchScript.
    case script(FeatureScriptDescription)
  }

  /// The path, as given.
  public let path: String
  /// Which network it is.
  public let kind: Kind
  /// The file that holds the weights.
  public let weightsPath: String

  /// Finds out which network a file or folder holds.
  ///
  /// - Parameters:
  ///   - path: The file or folder.
  ///   - resize: How pictures for Inception v3 are resized; other networks take no notice.
  ///   - description: The file that describes a program; `nil` for the one beside it, with `json` for
  ///     the last part of its name.
  /// - Throws: `FileError` with code `.missing` or `.unreadable`; `.malformed` for a file that holds no
  ///   such network, saying what was found, or for a damaged description.
  public init(
    path: String, resize: ResizeConvention = .cleanFID, description: String? = nil
  ) throws(FileError) {
    self.path = path
    let recognition = ModelRecognition(path: path, description: description)
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw FileError(
        .missing,
        "\(path) is neither a folder nor a file; name the weights of Inception v3, a DenseNet of "
          + "torchxrayvision, a program in TorchScript or a folder that cxr train wrote.")
    }
    if isFolder.boolValue {
      guard Classifier.isFolder(path) else {
        throw FileError(
          .missing,
          "\(path) is a folder without classifier.json; name the folder that cxr train wrote, such as "
            + "OUT/best.")
      }
      (kind, weightsPath) = (.classifier, Classifier.weightsPath(in: path))
      return
    }
    weightsPath = path
    if try recognition.isProgram {
      kind = .script(try FeatureScriptDescription(beside: path, file: description))
      return
    }
    let tensors = try WeightFile(path: path).tensors
    func shape(_ ending: String) -> [Int]? {
      tensors.first { $0.name == ending || $0.name.hasSuffix(".\(ending)") }?.shape
    }
    if shape("Mixed_7c.branch1x1.conv.weight") != nil {
      kind = .inception(resize)
    } else if shape("features.conv0.weight") == [64, 1, 7, 7],
      shape("classifier.weight") == [XRVOutput.allCases.count, 1024]
    {
      kind = .xrv
    } else {
      let names = tensors.names.prefix(3).joined(separator: ", ")
      throw FileError(
        .malformed,
        "\(path) holds \(NumberText.count(tensors.count, "tensor")) (\(names)"
          + "\(tensors.count > 3 ? ", …" : "")) of no network that features are taken of: Inception v3 "
          + "under torchvision's names or a DenseNet-121 of torchxrayvision; save another one as a "
          + "program in TorchScript.")
    }
  }

  /// The SHA-256 of the weights.
  ///
  /// - Throws: `FileError` if they cannot be read.
  /// - Complexity: O(bytes).
  public var sha256: String {
    get throws(FileError) { try FileDigest(path: weightsPath).sha256 }
  }

  /// All that bears on the features, in a line: kind, weights, input.
  ///
  /// - Throws: `FileError` if the weights cannot be read.
  /// - Complexity: O(bytes).
  public var identity: String {
    get throws(FileError) {
      let input = kind == .classifier ? "\(try Classifier.description(in: path))" : ""
      return "\(kind) \(try sha256) \(input)"
    }
  }

  /// Which network it is, in a few words.
  public var name: String {
    switch kind {
    case .inception: "Inception v3"
    case .classifier: "classifier \(URL(filePath: path).lastPathComponent)"
    case .xrv: "DenseNet-121 of torchxrayvision"
    case .script: "program \(URL(filePath: path).lastPathComponent)"
    }
  }

  /// How images become the network's input, in a few words.
  public var convention: String {
    switch kind {
    case .inception(let convention): "resized as \(convention)"
    case .classifier: "prepared as in its training"
    case .xrv: "cropped and reduced to 224 × 224, from −1024 to 1024"
    case .script(let description): description.words
    }
  }

  /// Loads the network.
  ///
  /// - Parameter device: Where it computes.
  /// - Returns: The network, to be used on the thread of the tensors.
  /// - Throws: `FileError` or `TensorError` if the weights cannot be read or are of another network;
  ///   `TensorError` with code `.unavailable` without libtorch or the device.
  @TensorActor public func network(on device: Device) throws -> any FeatureNetwork {
    switch kind {
    case .inception(let convention):
      return try InceptionFeatures(weights: path, convention, on: device)
    case .classifier: return try Classifier(folder: path, on: device)
    case .xrv: return try XRVFeatures(weights: path, on: device)
    case .script(let description):
      return try ScriptFeatures(path: path, description, on: device)
    }
  }
}

extension FeatureFile: CustomStringConvertible {
  /// The network and how images become its input.
  public var description: String { "\(name), \(convention)" }
}
