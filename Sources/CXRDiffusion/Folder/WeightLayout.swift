// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// How a network keeps its weights, and computes.
///
///     var options = SamplingOptions()
///     options.unet = WeightLayout(.bfloat16, .channelsLast)
public struct WeightLayout: Hashable, Sendable {
  /// The type of weights and results: float32, bfloat16 or float16.
  public var type: ScalarType
  /// The order of pictures and of the weights of convolutions.
  public var order: MemoryOrder

  /// Creates a layout.
  ///
  /// - Parameters:
  ///   - type: The type: float32, bfloat16 or float16.
  ///   - order: The order of pictures and of the weights of convolutions.
  /// - Precondition: The type is one of the three.
  public init(_ type: ScalarType = .float32, _ order: MemoryOrder = .contiguous) {
    precondition([.float32, .bfloat16, .float16].contains(type), "weights as \(type)")
    self.type = type
    self.order = order
  }

  /// float32, row-major.
  public static let standard = WeightLayout()
}
