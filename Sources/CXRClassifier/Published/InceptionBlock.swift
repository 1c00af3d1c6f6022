// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// Branches of convolutions over one input, whose results are joined as channels.
struct InceptionBlock {
  /// What is taken of 3 × 3 windows.
  enum Pooling { case mean, largest }

  private let branches: [Branch]

  func callAsFunction(_ input: Tensor) throws(TensorError) -> Tensor {
    var results: [Tensor] = []
    for branch in branches { results += try branch(input) }
    return try Tensor.joined(results, along: 1)
  }

  /// Convolutions one after another, perhaps after pooling, the last ones side by side.
  private struct Branch {
    var pooling: Pooling?
    /// Whether pooling halves the side.
    var isReducing = false
    var chain: [InceptionV3.Convolution] = []
    /// Convolutions of the chain's result; none if that is the branch's own.
    var fan: [InceptionV3.Convolution] = []

    func callAsFunction(_ input: Tensor) throws(TensorError) -> [Tensor] {
      var x = input
      let (stride, padding) = isReducing ? (2, 0) : (1, 1)
      switch pooling {
      case .mean: x = try x.averagePooled(window: 3, stride: stride, padding: padding)
      case .largest: x = try x.maxPooled(window: 3, stride: stride, padding: padding)
      case nil: break
      }
      for layer in chain { x = try layer(x) }
      guard !fan.isEmpty else { return [x] }
      var results: [Tensor] = []
      for layer in fan { results.append(try layer(x)) }
      return results
    }
  }

  /// Convolutions `name_1`, `name_2`, … of the given windows and widths, each padded.
  private static func chain(
    _ name: String, _ inputs: Int, _ layers: [(width: Int, window: [Int])],
    lastStride: Int = 1, in scope: ParameterScope
  ) throws(TensorError) -> [InceptionV3.Convolution] {
    var result: [InceptionV3.Convolution] = []
    var channels = inputs
    for (index, layer) in layers.enumerated() {
      let isLast = index + 1 == layers.count
      result.append(
        try InceptionV3.Convolution(
          layers.count > 1 ? "\(name)_\(index + 1)" : name, channels, layer.width, layer.window,
          stride: isLast ? lastStride : 1, isPadded: !(isLast && lastStride > 1), in: scope))
      channels = layer.width
    }
    return result
  }
}

extension InceptionBlock {
  /// The blocks of 35 × 35 positions.
  static func small(
    _ inputs: Int, pooled: Int, in scope: ParameterScope
  ) throws(TensorError) -> InceptionBlock {
    InceptionBlock(branches: [
      Branch(chain: try chain("branch1x1", inputs, [(64, [1, 1])], in: scope)),
      Branch(chain: try chain("branch5x5", inputs, [(48, [1, 1]), (64, [5, 5])], in: scope)),
      Branch(
        chain: try chain(
          "branch3x3dbl", inputs, [(64, [1, 1]), (96, [3, 3]), (96, [3, 3])], in: scope)),
      Branch(
        pooling: .mean, chain: try chain("branch_pool", inputs, [(pooled, [1, 1])], in: scope)),
    ])
  }

  /// The blocks of 17 × 17 positions, with windows of a row or a column.
  static func medium(
    _ inputs: Int, width: Int, in scope: ParameterScope
  ) throws(TensorError) -> InceptionBlock {
    let (row, column) = ([1, 7], [7, 1])
    return InceptionBlock(branches: [
      Branch(chain: try chain("branch1x1", inputs, [(192, [1, 1])], in: scope)),
      Branch(
        chain: try chain(
          "branch7x7", inputs, [(width, [1, 1]), (width, row), (192, column)], in: scope)),
      Branch(
        chain: try chain(
          "branch7x7dbl", inputs,
          [(width, [1, 1]), (width, column), (width, row), (width, column), (192, row)],
          in: scope)),
      Branch(pooling: .mean, chain: try chain("branch_pool", inputs, [(192, [1, 1])], in: scope)),
    ])
  }

  /// The blocks of 8 × 8 positions, whose branches end in a row beside a column.
  static func large(
    _ inputs: Int, pooling: Pooling, in scope: ParameterScope
  ) throws(TensorError) -> InceptionBlock {
    let first = try InceptionV3.Convolution("branch3x3_1", inputs, 384, [1, 1], in: scope)
    let second = [
      try InceptionV3.Convolution("branch3x3dbl_1", inputs, 448, [1, 1], in: scope),
      try InceptionV3.Convolution("branch3x3dbl_2", 448, 384, [3, 3], isPadded: true, in: scope),
    ]
    return InceptionBlock(branches: [
      Branch(chain: try chain("branch1x1", inputs, [(320, [1, 1])], in: scope)),
      Branch(chain: [first], fan: try fan("branch3x3_2", in: scope)),
      Branch(chain: second, fan: try fan("branch3x3dbl_3", in: scope)),
      Branch(
        pooling: pooling, chain: try chain("branch_pool", inputs, [(192, [1, 1])], in: scope)),
    ])
  }

  /// A row and a column of three, side by side.
  private static func fan(
    _ name: String, in scope: ParameterScope
  ) throws(TensorError) -> [InceptionV3.Convolution] {
    [
      try InceptionV3.Convolution("\(name)a", 384, 384, [1, 3], isPadded: true, in: scope),
      try InceptionV3.Convolution("\(name)b", 384, 384, [3, 1], isPadded: true, in: scope),
    ]
  }

  /// From 35 × 35 to 17 × 17 positions.
  static func firstReduction(
    _ inputs: Int, in scope: ParameterScope
  ) throws(TensorError) -> InceptionBlock {
    InceptionBlock(branches: [
      Branch(chain: try chain("branch3x3", inputs, [(384, [3, 3])], lastStride: 2, in: scope)),
      Branch(
        chain: try chain(
          "branch3x3dbl", inputs, [(64, [1, 1]), (96, [3, 3]), (96, [3, 3])], lastStride: 2,
          in: scope)),
      Branch(pooling: .largest, isReducing: true),
    ])
  }

  /// From 17 × 17 to 8 × 8 positions.
  static func secondReduction(
    _ inputs: Int, in scope: ParameterScope
  ) throws(TensorError) -> InceptionBlock {
    InceptionBlock(branches: [
      Branch(
        chain: try chain(
          "branch3x3", inputs, [(192, [1, 1]), (320, [3, 3])], lastStride: 2, in: scope)),
      Branch(
        chain: try chain(
          "branch7x7x3", inputs, [(192, [1, 1]), (192, [1, 7]), (192, [7, 1]), (192, [3, 3])],
          lastStride: 2, in: scope)),
      Branch(pooling: .largest, isReducing: true),
    ])
  }
}
