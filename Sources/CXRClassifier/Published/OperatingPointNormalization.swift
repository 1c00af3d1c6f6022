// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// Moves the operating point of each output to 0.5, as torchxrayvision's `op_norm` does.
///
///     let normalization = OperatingPointNormalization(thresholds: [0.1, nil])
///     normalization(0.05, output: 0)  // 0.25
///     normalization(0.55, output: 0)  // 0.75
///     normalization(0.55, output: 1)  // 0.5
///
/// Below its threshold *t* a probability *p* becomes p / 2t, from it on 1 − (1 − p) / 2(1 − t):
/// two straight lines from 0 through (t, 0.5) to 1. The order of pictures stays, so AUROC does
/// not change; the results are not probabilities.
///
/// - SeeAlso: Cohen et al., *TorchXRayVision*, MIDL 2022, <https://arxiv.org/abs/2111.00595>.
public struct OperatingPointNormalization: Hashable, Codable, Sendable {
  /// The threshold of each output, between 0 and 1; `nil` for an output that was not trained, which
  /// always gives 0.5.
  public let thresholds: [Double?]

  /// Creates a normalisation.
  ///
  /// - Precondition: The thresholds lie between 0 and 1, both excluded.
  public init(thresholds: [Double?]) {
    precondition(
      thresholds.allSatisfy { $0.map { $0 > 0 && $0 < 1 } ?? true }, "a threshold outside (0, 1)")
    self.thresholds = thresholds
  }

  /// Normalises one probability.
  ///
  /// - Parameters:
  ///   - probability: A number in [0, 1].
  ///   - output: The position of the output.
  /// - Returns: A number in [0, 1].
  public func callAsFunction(_ probability: Double, output: Int) -> Double {
    guard let threshold = thresholds[output] else { return 0.5 }
    return probability < threshold
      ? probability / (2 * threshold) : 1 - (1 - probability) / (2 * (1 - threshold))
  }

  /// Normalises probabilities.
  ///
  /// - Parameter probabilities: Shape `[batch, outputs]`, in [0, 1].
  /// - Returns: The same shape.
  /// - Throws: `TensorError` with code `.refused` for another number of outputs.
  public func callAsFunction(_ probabilities: Tensor) throws(TensorError) -> Tensor {
    guard probabilities.rank == 2, probabilities.shape[1] == thresholds.count else {
      throw TensorError(
        .refused,
        """
        operating points are known for \(thresholds.count) outputs, not for \(probabilities); use \
        those of the same model
        """)
    }
    // An untrained output is at its threshold of 0.5 whatever its probability: 0 × p + 0.5.
    func row(_ value: (Double?) -> Double) throws(TensorError) -> Tensor {
      try Tensor(thresholds.map { Float(value($0)) }, shape: [1, thresholds.count])
        .converted(to: probabilities.scalarType, on: probabilities.device)
    }
    let threshold = try row { $0 ?? 0.5 }
    let below = try probabilities * row { $0.map { 1 / (2 * $0) } ?? 0 }
    let above = try probabilities * row { $0.map { 1 / (2 * (1 - $0)) } ?? 0 }
    let offset = try row { $0.map { 1 - 1 / (2 * (1 - $0)) } ?? 0.5 }
    let lowOffset = try row { $0 == nil ? 0.5 : 0 }
    let isBelow = try Operator.isLess(.tensor(probabilities), .tensor(threshold))
    return try Operator.choice(
      .tensor(isBelow), .tensor(below + lowOffset), .tensor(above + offset))
  }
}

extension Operator {
  fileprivate static let isLess = Operator("aten::lt", "Tensor")
  fileprivate static let choice = Operator("aten::where", "self")
}
