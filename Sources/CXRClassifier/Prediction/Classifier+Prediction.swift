// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
public import CXRTensor

extension Classifier: PredictionModel {
  /// What was learned.
  public var outputs: [ModelOutput] { description.labels.map(\.output) }

  /// The side that the classifier learned on.
  public var imageSide: ImageSide { .exactly(description.side) }

  /// As in training, without random changes.
  public var preparation: any PicturePreparation { description.input }

  /// Nothing: the files of a classifier are its own.
  public var notes: [String] { [] }

  /// A probability for each picture and label; those of sexes, and those of races, add up to 1.
  public func values(for pictures: Tensor) throws(TensorError) -> [Double] {
    var values = try logits(pictures, .evaluation).values(as: Double.self).probabilities
    let labels = description.labels
    for group in labels.exclusiveGroups where group.count > 1 {
      for start in stride(from: 0, to: values.count, by: labels.count) {
        let sum = group.reduce(0) { $0 + values[start + $1] }
        for column in group { values[start + column] /= sum }
      }
    }
    return values
  }
}
