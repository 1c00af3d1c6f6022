// SPDX-License-Identifier: Apache-2.0

/// The cross entropy of yes-or-no labels, of which some may be unknown.
///
/// For a logit *x* and a target *y*: −*p y* ln σ(*x*) − (1 − *y*) ln (1 − σ(*x*)), where *p* is the
/// output's positive weight, which does not count in the weight of the loss. It is worked out from
/// the logits, in float32 or the logits' float64, without over- or underflow.
///
/// - Parameters:
///   - logits: Shape `[batch, outputs]`.
///   - targets: Numbers in 0 ... 1, shape `[batch, outputs]`; anything where the mask is 0.
///   - mask: The weight of each label, 0 where it is unknown, shape `[batch, outputs]`; `nil` if all
///     are known.
///   - positiveWeights: What the losses of positive labels are multiplied by, shape `[outputs]`.
/// - Returns: The sum over all labels with the sum of the mask.
/// - Throws: ``TensorError`` with code `.refused` if the shapes do not fit.
public func binaryCrossEntropy(
  logits: Tensor, targets: Tensor, mask: Tensor? = nil, positiveWeights: Tensor? = nil
) throws(TensorError) -> WeightedLoss {
  let type = logits.scalarType.ofSums
  let logits = try logits.converted(to: type)
  var targets = try targets.converted(to: type)
  let mask = try mask?.converted(to: type)
  if let mask {
    // NaN times 0 would be NaN.
    targets = try Operator.where(
      .tensor(Operator.isAbove(.tensor(mask), .number(0))), .tensor(targets), .number(0))
  }
  let sum = try Operator.binaryCrossEntropy(
    .tensor(logits), .tensor(targets), .optional(mask),
    .optional(positiveWeights?.converted(to: type)), .integer(Reduction.sum))
  guard let mask else {
    return WeightedLoss(
      sum: sum,
      weight: try Tensor.full(Double(logits.count), shape: [], as: type, on: logits.device))
  }
  return WeightedLoss(sum: sum, weight: try mask.sum())
}

/// The squared differences, worked out in float32 or the prediction's float64.
///
/// - Parameters:
///   - prediction: Any shape.
///   - target: The same shape.
/// - Returns: The sum over all elements with their number.
/// - Throws: ``TensorError`` with code `.refused` if the shapes differ.
public func squaredError(
  _ prediction: Tensor, _ target: Tensor
) throws(TensorError) -> WeightedLoss {
  guard prediction.shape == target.shape else {
    throw TensorError(
      .refused, "squaredError: \(target) is to be predicted, but the prediction is \(prediction)")
  }
  let type = prediction.scalarType.ofSums
  let sum = try Operator.squaredError(
    .tensor(prediction.converted(to: type)), .tensor(target.converted(to: type)),
    .integer(Reduction.sum))
  return WeightedLoss(
    sum: sum,
    weight: try Tensor.full(Double(prediction.count), shape: [], as: type, on: prediction.device))
}

/// The cross entropy of one class among several, worked out from the logits in float32 or their
/// float64.
///
/// - Parameters:
///   - logits: Shape `[batch, classes]`.
///   - targets: The classes, `int64`, shape `[batch]`; −100 where unknown.
///   - classWeights: The weight of each class, shape `[classes]`; 1 when left out.
/// - Returns: The sum over the batch with the sum of the known targets' weights.
/// - Throws: ``TensorError`` with code `.refused` if the shapes do not fit or there is no such class.
public func crossEntropy(
  logits: Tensor, targets: Tensor, classWeights: Tensor? = nil
) throws(TensorError) -> WeightedLoss {
  let type = logits.scalarType.ofSums
  let logits = try logits.converted(to: type)
  let classWeights = try classWeights?.converted(to: type)
  let sum = try Operator.crossEntropy(
    .tensor(logits), .tensor(targets), .optional(classWeights), .integer(Reduction.sum),
    .integer(unknownClass))
  let isKnown = try Operator.isNot(.tensor(targets), .integer(unknownClass))
  var weights = try isKnown.converted(to: type)
  if let classWeights {
    let classes = try Operator.where(.tensor(isKnown), .tensor(targets), .integer(0))
    weights =
      try weights
      * Operator.indexSelect(
        .tensor(classWeights), .integer(0), .tensor(classes))
  }
  return WeightedLoss(sum: sum, weight: try weights.sum())
}

/// libtorch's number of a class that is not to be learned.
private let unknownClass = -100

/// libtorch's numbers of what is done with the losses of a batch.
private enum Reduction {
  static let sum = 2
}

extension Operator {
  fileprivate static let binaryCrossEntropy = Operator("aten::binary_cross_entropy_with_logits")
  fileprivate static let squaredError = Operator("aten::mse_loss")
  fileprivate static let crossEntropy = Operator("aten::cross_entropy_loss")
  fileprivate static let isAbove = Operator("aten::gt", "Scalar")
  fileprivate static let isNot = Operator("aten::ne", "Scalar")
  fileprivate static let indexSelect = Operator("aten::index_select")
  fileprivate static let `where` = Operator("aten::where", "ScalarOther")
}
