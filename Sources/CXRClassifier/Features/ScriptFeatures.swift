// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRImage
internal import CXRTensor

/// A program in TorchScript that gives features.
struct ScriptFeatures: FeatureNetwork {
  private let description: FeatureScriptDescription
  private let script: ScriptModule

  init(
    path: String, _ description: FeatureScriptDescription, on device: Device
  ) throws(TensorError) {
    self.description = description
    script = try ScriptModule(path: path, on: device)
  }

  var imageSide: ImageSide {
    switch description.input {
    case .scaled(let side, _): .exactly(side)
    case .convention: .atLeast(1)
    }
  }

  var preparation: any PicturePreparation {
    switch description.input {
    case .scaled(_, let pixels): pixels
    case .convention(let convention): InceptionInput(convention: convention)
    }
  }

  var notes: [String] { [] }

  /// The features; of maps `[batch, features, rows, columns]` their means.
  func features(of pictures: Tensor) throws(TensorError) -> Tensor {
    let count = pictures.shape[0]
    var result = try script(pictures)
    if result.shape.count == 4 { result = try result.mean(along: [2, 3]) }
    guard result.shape.count == 2, result.shape[0] == count, result.shape[1] > 0 else {
      throw TensorError(
        .refused,
        "\(script.path) gave \(result) for \(NumberText.count(count, "picture")); a program for "
          + "features gives a row of numbers for each")
    }
    return result
  }
}
