// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Numbers that are functions of a name and a position, so that a network's weights need no file.
///
/// The formulas are those of the reference's goldens: weights from the phase 0.37 (i + 1) + 0.1 ×
/// the length of the name.
public enum ClosedForm {
  /// The elements of a named tensor.
  ///
  /// - Parameters:
  ///   - name: The name in the state dictionary, without `text_model.`.
  ///   - shape: The lengths of its axes.
  /// - Returns: The elements in row-major order.
  public static func weights(_ name: String, shape: [Int]) -> [Float] {
    let count = shape.reduce(1, *)
    if name.hasSuffix("num_batches_tracked") { return Array(repeating: 0, count: count) }
    let waves = (0..<count).map { sin(0.37 * Double($0 + 1) + 0.1 * Double(name.count)) }
    if name.hasSuffix("running_mean") { return waves.map { Float(0.05 * $0) } }
    if name.hasSuffix("running_var") { return waves.map { Float(1 + 0.1 * $0) } }
    if shape.count > 1 {
      let factor = (3 / (Double(count) / Double(shape[0]))).squareRoot()
      return waves.map { Float($0 * factor) }
    }
    return waves.map { Float(name.hasSuffix("bias") ? 0.05 * $0 : 1 + 0.1 * $0) }
  }

  /// An input: sin(a · 0.37 · (i + 1) + b).
  public static func input(_ count: Int, a: Double = 1, b: Double = 0) -> [Float] {
    (0..<count).map { Float(sin(a * 0.37 * Double($0 + 1) + b)) }
  }
}
