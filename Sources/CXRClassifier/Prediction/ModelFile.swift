// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
public import CXRFiles
public import CXRTensor
internal import Foundation

/// A file or folder that holds a model, and which model it is.
///
///     let file = try ModelFile(path: "densenet121-res224-all.safetensors")
///     file.kind     // .xrv(.all)
///     file.outputs  // [.label("Atelectasis"), …]
///
/// The kind is found out from the content where that tells it: the description in a folder, the
/// operating points beside torchxrayvision's weights, a description beside a program. Otherwise the
/// published name of a file tells it, or the caller. Nothing is guessed from sizes alone, because
/// many a network has the same.
public struct ModelFile: Sendable {
  /// The path, as given.
  public let path: String
  /// Which kind of model it is.
  public let kind: ModelKind
  /// What the numbers mean that it gives, in their order.
  public let outputs: [ModelOutput]
  /// Names of outputs that the model has and that mean nothing.
  public let untrainedOutputs: [String]
  /// The file that holds the weights.
  public let weightsPath: String
  private let script: ScriptDescription?

  /// Finds out which model a file or folder holds.
  ///
  /// - Parameters:
  ///   - path: The file or folder.
  ///   - kind: Which kind it is; `nil` to find it out.
  ///   - description: The file that describes a program; `nil` for the one beside it, with `json` for
  ///     the last part of its name.
  /// - Throws: `FileError` with code `.missing` or `.unreadable`; `.malformed` for a file that cannot
  ///   be told to hold a model, saying what was found, or for a damaged description.
  public init(
    path: String, as kind: ModelKind? = nil, description: String? = nil
  ) throws(FileError) {
    let recognition = ModelRecognition(path: path, description: description)
    let kind = if let kind { kind } else { try recognition.kind() }
    self.path = path
    self.kind = kind
    var untrained: [String] = []
    switch kind {
    case .classifier:
      outputs = try Classifier.description(in: path).labels.map(\.output)
      weightsPath = Classifier.weightsPath(in: path)
      script = nil
    case .xrv(let model):
      outputs = model.modelOutputs
      untrained = model.untrainedOutputs.map(\.name)
      weightsPath = path
      script = nil
    case .script:
      let described = try recognition.scriptDescription()
      outputs = described.modelOutputs
      weightsPath = path
      script = described
    case .demographic(let model):
      outputs = model.modelOutputs
      weightsPath = path
      script = nil
    }
    untrainedOutputs = untrained
  }

  /// The SHA-256 of the weights.
  ///
  /// - Throws: `FileError` if they cannot be read.
  /// - Complexity: O(bytes).
  public var sha256: String {
    get throws(FileError) { try FileDigest(path: weightsPath).sha256 }
  }

  /// All that bears on the numbers that the model gives, in a line: kind, weights, input.
  ///
  /// - Throws: `FileError` if the weights cannot be read.
  /// - Complexity: O(bytes).
  public var identity: String {
    get throws(FileError) {
      let input =
        switch kind {
        case .classifier: "\(try Classifier.description(in: path))"
        case .script: script.map { "\($0)" } ?? ""
        case .xrv, .demographic: ""
        }
      return "\(kind) \(try sha256) \(input)"
    }
  }

  /// Loads the model.
  ///
  /// - Parameter device: Where it computes.
  /// - Returns: The model, to be used on the thread of the tensors.
  /// - Throws: `FileError` or `TensorError` if the weights cannot be read or are of another network;
  ///   `TensorError` with code `.unavailable` without libtorch or the device.
  @TensorActor public func model(on device: Device) throws -> any PredictionModel {
    switch kind {
    case .classifier: return try Classifier(folder: path, on: device)
    case .xrv(let model): return try XRVClassifier(model, weights: path, on: device)
    case .demographic(let model):
      return try DemographicClassifier(model, weights: path, on: device)
    case .script:
      guard let script else { preconditionFailure("a program has a description") }
      return try ScriptClassifier(path: path, script, on: device)
    }
  }
}
