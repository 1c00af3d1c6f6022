// SPDX-License-Identifier: Apache-2.0

/// A row of numbers for each of a list of things: tensor `weight`.
public struct Embedding {
  private let weight: Tensor

  /// Makes the table.
  ///
  /// - Parameters:
  ///   - count: How many things there are.
  ///   - width: How many numbers stand for one.
  ///   - initialization: What they are at first.
  ///   - scope: Where the tensor is made.
  /// - Throws: ``TensorError`` if memory is short.
  public init(
    count: Int, width: Int, _ initialization: Initialization, in scope: ParameterScope
  ) throws(TensorError) {
    weight = try scope.parameter("weight", [count, width], initialization)
  }

  /// The rows of numbered things: `[…]`, whole numbers from 0, become `[…, width]`.
  ///
  /// - Throws: ``TensorError`` with code `.refused` for a number that is not in the table.
  public func callAsFunction(_ numbers: Tensor) throws(TensorError) -> Tensor {
    try Operator.embedding(.tensor(weight), .tensor(numbers))
  }

  /// The first rows: shape `[count, width]`.
  ///
  /// - Throws: ``TensorError`` with code `.refused` if there are fewer.
  public func rows(_ count: Int) throws(TensorError) -> Tensor {
    try weight.slice(0..<count)
  }
}

extension Operator {
  fileprivate static let embedding = Operator("aten::embedding")
}
