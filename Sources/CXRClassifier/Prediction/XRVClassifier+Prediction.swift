// SPDX-License-Identifier: Apache-2.0
internal import CXRImage
public import CXRTensor

extension XRVClassifier: PredictionModel {
  /// The outputs that were trained, under the names of the catalog's findings where they are some.
  public var outputs: [ModelOutput] { model.modelOutputs }

  /// 224 pixels.
  public var imageSide: ImageSide { .exactly(XRVModel.side) }

  /// One channel from −1024, black, to 1024, white.
  public var preparation: any PicturePreparation { PixelInput(channels: 1, scale: .xrv) }

  /// The scores of the trained outputs, 0.5 being the operating point of each.
  public func values(for pictures: Tensor) throws(TensorError) -> [Double] {
    // The range was made from pixels just now, so it is not guessed at: a batch may well be bright.
    let scores = try model.normalization(network.module(pictures, .evaluation).sigmoid())
    let values = try scores.values(as: Double.self)
    let width = XRVOutput.allCases.count
    let trained = XRVOutput.allCases.indices.filter { model.normalization.thresholds[$0] != nil }
    return stride(from: 0, to: values.count, by: width).flatMap { start in
      trained.map { values[start + $0] }
    }
  }
}

extension XRVModel {
  /// The trained outputs as the catalog names them.
  var modelOutputs: [ModelOutput] { outputs.map { ModelOutput(labelNamed: $0.name) } }

  /// The names of the outputs that were not trained, and mean nothing.
  public var untrainedOutputs: [XRVOutput] {
    let trained = Set(outputs)
    return XRVOutput.allCases.filter { !trained.contains($0) }
  }
}
