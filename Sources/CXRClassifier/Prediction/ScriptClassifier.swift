// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
public import CXRTensor

/// A program in TorchScript with a description of what it takes and gives.
public struct ScriptClassifier: PredictionModel {
  /// What the program takes and gives.
  public let description: ScriptDescription
  private let script: ScriptModule

  /// Reads a program.
  ///
  /// - Parameters:
  ///   - path: The file that `torch.jit.save` wrote.
  ///   - description: What the program takes and gives.
  ///   - device: Where its tensors lie.
  /// - Throws: `TensorError` with code `.unreadable` for a file that is none of TorchScript,
  ///   `.unavailable` without libtorch, `.outOfMemory`.
  public init(
    path: String, _ description: ScriptDescription, on device: Device = .cpu
  ) throws(TensorError) {
    self.description = description
    script = try ScriptModule(path: path, on: device)
  }

  /// The outputs that have a name.
  public var outputs: [ModelOutput] { description.modelOutputs }

  /// The side of the description.
  public var imageSide: ImageSide { .exactly(description.side) }

  /// As the description says.
  public var preparation: any PicturePreparation { description.input }

  /// Nothing: the program has its weights with it.
  public var notes: [String] { [] }

  /// The probabilities of the named outputs.
  ///
  /// - Throws: `TensorError` with code `.refused` if the program gives another number of values, or
  ///   values that are no probabilities though the description says so.
  public func values(for pictures: Tensor) throws(TensorError) -> [Double] {
    let width = description.outputs.count
    let count = pictures.shape[0]
    let result = try script(pictures)
    guard result.count == count * width, result.shape.first == count else {
      throw TensorError(
        .refused,
        "\(script.path) gave \(result) for \(NumberText.count(count, "picture")), and its description "
          + "names \(NumberText.count(width, "output")); name each output, and write null for those "
          + "to leave out")
    }
    var values = try result.values(as: Double.self)
    switch description.values {
    case .logits: values = values.probabilities
    case .probabilities:
      let ages = description.outputs.map { $0.map(ModelOutput.init(named:)) == .ageYears }
      let outside = values.indices.first { index in
        !ages[index % width] && values[index].isFinite && !(0...1).contains(values[index])
      }
      if let value = outside.map({ values[$0] }) {
        throw TensorError(
          .refused,
          "\(script.path) gave \(value), which is no probability; if its outputs are before the "
            + "sigmoid, write \"values\": \"logits\" in its description")
      }
    }
    let named = description.outputs.indices.filter { description.outputs[$0] != nil }
    return stride(from: 0, to: values.count, by: width).flatMap { start in
      named.map { values[start + $0] }
    }
  }
}
