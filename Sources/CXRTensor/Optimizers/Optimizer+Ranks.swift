// SPDX-License-Identifier: Apache-2.0

extension Optimizer {
  /// Puts the sums over all ranks in the place of the gradients, bucket by bucket.
  ///
  /// A parameter without a gradient counts as one of zeros, since the other ranks may have one.
  ///
  /// - Parameters:
  ///   - ranks: The ranks, which all learn the same parameters.
  ///   - bucketLength: The numbers of a bucket, if no parameter has more: few messages, and little
  ///     memory beside the gradients.
  /// - Throws: ``TensorError`` with MPI's words, or if memory is short.
  /// - Complexity: O(*n*), in *n* / `bucketLength` messages.
  public func sumGradients(
    over ranks: RankGroup, bucketLength: Int = 25 << 18
  ) throws(TensorError) {
    guard ranks.isShared else { return }
    try withoutGradients { () throws(TensorError) in
      for bucket in buckets(ofLength: bucketLength) {
        var flat: [Tensor] = []
        for tensor in bucket {
          let gradient =
            if let gradient = tensor.gradient { gradient } else { try Tensor.zeros(like: tensor) }
          flat.append(try gradient.converted(to: .float32).flattened())
        }
        // Joining copies, so that the sum is not written into the gradients themselves.
        let sum = try Tensor.joined(flat, along: 0)
        try ranks.sum(into: sum)
        var start = 0
        for tensor in bucket {
          let part = try sum.slice(start..<start + tensor.count).reshaped(tensor.shape)
          try tensor.setGradient(part.converted(to: tensor.scalarType))
          start += tensor.count
        }
      }
    }
  }

  /// The parameters that learn, in groups of about as many numbers.
  private func buckets(ofLength length: Int) -> [[Tensor]] {
    var buckets: [[Tensor]] = []
    var room = 0
    for parameter in parameters where parameter.tensor.requiresGradient {
      if buckets.isEmpty || parameter.tensor.count > room {
        buckets.append([])
        room = length
      }
      buckets[buckets.count - 1].append(parameter.tensor)
      room -= parameter.tensor.count
    }
    return buckets
  }
}
