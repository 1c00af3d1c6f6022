// SPDX-License-Identifier: Apache-2.0

/// The mean and variance of each channel over the pictures of all ranks, and what is normalised by
/// them.
///
/// One message in each direction: the ranks exchange mean, sum of squares and count, which add up
/// without loss, and on the way back the gradients of weight and bias.
struct SharedStatistics {
  /// How many values of all ranks each channel has.
  let count: Double
  /// The mean of each channel.
  let means: [Double]
  /// The variance of each channel, that of the values and not of a sample.
  let variances: [Double]
  private let ranks: RankGroup

  /// Works them out.
  ///
  /// - Parameters:
  ///   - input: The pictures of this rank, shape `[batch, channels, rows, columns]`, where the batch
  ///     may be empty.
  ///   - ranks: The ranks, each with as many channels.
  /// - Throws: ``TensorError`` with MPI's words, or if memory is short.
  init(of input: Tensor, over ranks: RankGroup) throws(TensorError) {
    let channels = input.shape[1]
    // A count, the means, the sums of squared differences from them.
    let width = 1 + 2 * channels
    var own = [Double](repeating: 0, count: width)
    if input.count > 0 {
      let ownCount = input.count / channels
      let moments = try Operator.varianceAndMean.tensors(
        .tensor(input.converted(to: .float32)), .integers([0, 2, 3]), .number(0), .truth(false),
        upTo: 2)
      let (variances, means) = (
        try moments[0].values(as: Double.self), try moments[1].values(as: Double.self)
      )
      own = [Double(ownCount)] + means + variances.map { $0 * Double(ownCount) }
    }
    var all = [Double](repeating: 0, count: width * ranks.count)
    all.replaceSubrange(ranks.rank * width..<(ranks.rank + 1) * width, with: own)
    all = try ranks.sum(all)

    let starts = (0..<ranks.count).map { $0 * width }
    let count = starts.reduce(0) { $0 + all[$1] }
    let means = (0..<channels).map { channel in
      starts.reduce(0) { $0 + all[$1] * all[$1 + 1 + channel] } / count
    }
    variances = (0..<channels).map { channel in
      starts.reduce(0) { sum, start in
        let difference = all[start + 1 + channel] - means[channel]
        return sum + all[start + 1 + channels + channel] + all[start] * difference * difference
      } / count
    }
    (self.count, self.means, self.ranks) = (count, means, ranks)
  }

  /// Normalises the pictures of this rank; gradients take into account that the statistics depend
  /// on the pictures of all.
  ///
  /// - Parameters:
  ///   - input: The pictures, shape `[batch, channels, rows, columns]`.
  ///   - weight: The factor of each channel.
  ///   - bias: What is added to each channel.
  ///   - epsilon: What is added to each variance.
  /// - Returns: The shape and type of the input.
  /// - Throws: ``TensorError`` with MPI's words, or if memory is short.
  func normalized(
    _ input: Tensor, weight: Tensor, bias: Tensor, epsilon: Double
  ) throws(TensorError) -> Tensor {
    let pictures = try input.detached()
    let (means, variances) = (
      try tensor(self.means, like: weight), try tensor(self.variances, like: weight)
    )
    let result = try withoutGradients { () throws(TensorError) in
      // libtorch's kernels do not take batches without pictures.
      guard pictures.count > 0 else { return try pictures.copy() }
      return try Operator.batchNorm.tensors(
        .tensor(pictures), .tensor(weight), .tensor(bias), .tensor(means), .tensor(variances),
        .truth(false), .number(0), .number(epsilon), upTo: 3)[0]
    }
    return try result.derived(from: [input, weight, bias]) { gradient throws(TensorError) in
      // Of pictures of a narrower type, what is added up here is rounded once, at the end.
      let wide = try pictures.converted(to: .float32)
      var gradients =
        pictures.count > 0
        ? try Operator.batchNormBackward.tensors(
          .tensor(gradient.converted(to: .float32)), .tensor(wide), .tensor(weight),
          .tensor(means), .tensor(variances), .none, .none, .truth(false), .number(epsilon),
          .integers([1, 1, 1]), upTo: 3)
        : [
          try wide.copy(), try Tensor.zeros(like: weight), try Tensor.zeros(like: bias),
        ]
      // So far the statistics are taken for constants.
      try add(
        throughStatisticsOf: wide, weight: weight, epsilon: epsilon,
        weightGradient: gradients[1], biasGradient: gradients[2], to: gradients[0])
      gradients[0] = try gradients[0].converted(to: pictures.scalarType)
      return gradients
    }
  }

  /// Numbers of the channels as a tensor.
  func tensor(_ values: [Double], like tensor: Tensor) throws(TensorError) -> Tensor {
    try Tensor(values, shape: [values.count]).converted(to: .float32, on: tensor.device)
  }

  /// Adds the part of the derivative that goes through mean and variance: for a channel with weight
  /// *w*, standard deviation *s* and *n* values, −*w*/(*n s*) (Σ *g* + *z* Σ *g z*), where *g* is the
  /// derivative by the result and *z* the normalised value.
  private func add(
    throughStatisticsOf pictures: Tensor, weight: Tensor, epsilon: Double, weightGradient: Tensor,
    biasGradient: Tensor, to gradient: Tensor
  ) throws(TensorError) {
    let channels = means.count
    let sums = try ranks.sum(
      weightGradient.values(as: Double.self) + biasGradient.values(as: Double.self))
    let weights = try weight.values(as: Double.self)
    var slopes: [Double] = []
    var offsets: [Double] = []
    for channel in 0..<channels {
      let variance = variances[channel] + epsilon
      let deviation = variance.squareRoot()
      let slope = -weights[channel] / variance * sums[channel] / count
      slopes.append(slope)
      offsets.append(
        -weights[channel] / deviation * sums[channels + channel] / count
          - slope * means[channel])
    }
    let shape = [1, channels, 1, 1]
    try gradient.add(pictures * tensor(slopes, like: weight).reshaped(shape))
    try gradient.add(tensor(offsets, like: weight).reshaped(shape))
  }
}

extension Operator {
  fileprivate static let varianceAndMean = Operator("aten::var_mean", "correction")
  fileprivate static let batchNorm = Operator("aten::native_batch_norm")
  fileprivate static let batchNormBackward = Operator("aten::native_batch_norm_backward")
}
