// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
public import CXRTensor

extension Classifier: PredictionModel {
  /// The findings.
  public var outputs: [ModelOutput] { description.findings.map { .label($0.name) } }

  /// The side that the classifier learned on.
  public var imageSide: ImageSide { .exactly(description.side) }

  /// As in training, without random changes.
  public var preparation: any PicturePreparation { description.input }

  /// Nothing: the files of a classifier are its own.
  public var notes: [String] { [] }

  /// A probability for each picture and finding.
  public func values(for pictures: Tensor) throws(TensorError) -> [Double] {
    try logits(pictures, .evaluation).values(as: Double.self).probabilities
  }
}
