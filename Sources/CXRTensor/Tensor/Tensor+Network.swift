// SPDX-License-Identifier: Apache-2.0

// What the layers of networks compute. Pictures have the shape [batch, channel, row, column].
extension Tensor {
  /// The matrix product, over the last two axes.
  public func matmul(_ other: Tensor) throws(TensorError) -> Tensor {
    try Operator.matmul(.tensor(self), .tensor(other))
  }

  /// `self · weightᵀ + bias`, over the last axis.
  ///
  /// - Parameters:
  ///   - weight: Shape `[outputs, inputs]`.
  ///   - bias: Shape `[outputs]`.
  /// - Returns: The last axis has the length `outputs`.
  /// - Throws: ``TensorError`` with code `.refused` if the shapes do not fit.
  public func linear(_ weight: Tensor, _ bias: Tensor?) throws(TensorError) -> Tensor {
    try Operator.linear(.tensor(self), .tensor(weight), .optional(bias))
  }

  /// The cross-correlation of pictures with a kernel.
  ///
  /// - Parameters:
  ///   - weight: Shape `[outputs, inputs / groups, rows, columns]`.
  ///   - bias: Shape `[outputs]`.
  ///   - stride: The step between windows.
  ///   - padding: The zeros around the pictures.
  ///   - dilation: The step between the elements of a window.
  ///   - groups: The parts that the channels are divided into.
  /// - Returns: Shape `[batch, outputs, rows, columns]`.
  /// - Throws: ``TensorError`` with code `.refused` if the shapes do not fit.
  public func convolved(
    _ weight: Tensor, _ bias: Tensor?, stride: Int = 1, padding: Int = 0, dilation: Int = 1,
    groups: Int = 1
  ) throws(TensorError) -> Tensor {
    try convolved(
      weight, bias, stride: stride, padding: (padding, padding), dilation: dilation,
      groups: groups)
  }

  /// The cross-correlation of pictures with a kernel, with other zeros above and below than left
  /// and right.
  ///
  /// - Parameters:
  ///   - weight: Shape `[outputs, inputs / groups, rows, columns]`.
  ///   - bias: Shape `[outputs]`.
  ///   - stride: The step between windows.
  ///   - padding: The zeros above and below, and left and right.
  ///   - dilation: The step between the elements of a window.
  ///   - groups: The parts that the channels are divided into.
  /// - Returns: Shape `[batch, outputs, rows, columns]`.
  /// - Throws: ``TensorError`` with code `.refused` if the shapes do not fit.
  public func convolved(
    _ weight: Tensor, _ bias: Tensor?, stride: Int = 1, padding: (rows: Int, columns: Int),
    dilation: Int = 1, groups: Int = 1
  ) throws(TensorError) -> Tensor {
    try Operator.conv2d(
      .tensor(self), .tensor(weight), .optional(bias), .integers([stride, stride]),
      .integers([padding.rows, padding.columns]), .integers([dilation, dilation]),
      .integer(groups))
  }

  /// The largest value of each window.
  public func maxPooled(window: Int, stride: Int, padding: Int = 0) throws(TensorError) -> Tensor {
    try Operator.maxPool(
      .tensor(self), .integers([window, window]), .integers([stride, stride]),
      .integers([padding, padding]))
  }

  /// The mean of each window; of what lies inside the picture, if there is padding.
  public func averagePooled(
    window: Int, stride: Int, padding: Int = 0
  ) throws(TensorError) -> Tensor {
    try Operator.averagePool(
      .tensor(self), .integers([window, window]), .integers([stride, stride]),
      .integers([padding, padding]), .truth(false), .truth(false))
  }

  /// Negative elements set to zero.
  public func relu() throws(TensorError) -> Tensor { try Operator.relu(.tensor(self)) }

  /// Negative elements set to zero in the tensor's own memory, which is given back: for a result
  /// that nothing else uses, to save the memory of a copy.
  public func rectified() throws(TensorError) -> Tensor { try Operator.rectify(.tensor(self)) }

  /// The logistic function 1 / (1 + e^−x).
  public func sigmoid() throws(TensorError) -> Tensor { try Operator.sigmoid(.tensor(self)) }

  /// x / (1 + e^−x).
  public func silu() throws(TensorError) -> Tensor { try Operator.silu(.tensor(self)) }

  /// x Φ(x) with the normal distribution function Φ.
  public func gelu() throws(TensorError) -> Tensor { try Operator.gelu(.tensor(self)) }

  /// e^x over its sum along an axis.
  public func softmax(along axis: Int) throws(TensorError) -> Tensor {
    try Operator.softmax(.tensor(self), .integer(axis))
  }

  /// The logarithm of the softmax along an axis.
  public func logSoftmax(along axis: Int) throws(TensorError) -> Tensor {
    try Operator.logSoftmax(.tensor(self), .integer(axis))
  }

  /// Elements set to zero with a probability, the others scaled up, in training; itself otherwise.
  ///
  /// - Parameters:
  ///   - probability: The share of elements that are set to zero, from 0 to 1.
  ///   - phase: What the network is run for.
  ///   - generator: A generator of the tensor's device; `nil` for the one that operators share. On the
  ///     processor both drop the same elements if their states are the same.
  /// - Returns: The elements.
  /// - Throws: ``TensorError`` with code `.refused` for whole numbers or another device's generator.
  public func dropout(
    _ probability: Double, _ phase: Phase, from generator: Generator? = nil
  ) throws(TensorError) -> Tensor {
    guard phase == .training, probability > 0 else { return self }
    // libtorch's operator of the name takes no generator, and all of its elements may not go.
    guard let generator, probability < 1 else {
      return try Operator.dropout(.tensor(self), .number(probability), .truth(true))
    }
    let kept = try withoutGradients { () throws(TensorError) in
      let kept = try Operator.emptyLike(.tensor(self))
      try Operator.bernoulli(
        .tensor(kept), .number(1 - probability), .generator(generator))
      return try Operator.divide(.tensor(kept), .number(1 - probability))
    }
    return try self * kept
  }

  /// Batch normalisation (Ioffe and Szegedy, <https://arxiv.org/abs/1502.03167>).
  ///
  /// In training the batch's statistics are used, and the running ones are moved towards them.
  public func batchNormalized(
    weight: Tensor, bias: Tensor, runningMean: Tensor, runningVariance: Tensor, phase: Phase,
    momentum: Double, epsilon: Double
  ) throws(TensorError) -> Tensor {
    try Operator.batchNorm(
      .tensor(self), .tensor(weight), .tensor(bias), .tensor(runningMean),
      .tensor(runningVariance), .truth(phase == .training), .number(momentum), .number(epsilon),
      .truth(true))
  }
}

extension Operator {
  fileprivate static let matmul = Operator("aten::matmul")
  fileprivate static let linear = Operator("aten::linear")
  fileprivate static let conv2d = Operator("aten::conv2d")
  fileprivate static let maxPool = Operator("aten::max_pool2d")
  fileprivate static let averagePool = Operator("aten::avg_pool2d")
  fileprivate static let relu = Operator("aten::relu")
  fileprivate static let rectify = Operator("aten::relu_")
  fileprivate static let sigmoid = Operator("aten::sigmoid")
  fileprivate static let silu = Operator("aten::silu")
  fileprivate static let gelu = Operator("aten::gelu")
  fileprivate static let softmax = Operator("aten::softmax", "int")
  fileprivate static let logSoftmax = Operator("aten::log_softmax", "int")
  fileprivate static let dropout = Operator("aten::dropout")
  fileprivate static let emptyLike = Operator("aten::empty_like")
  fileprivate static let bernoulli = Operator("aten::bernoulli_", "float")
  fileprivate static let divide = Operator("aten::div_", "Scalar")
  fileprivate static let batchNorm = Operator("aten::batch_norm")
}
