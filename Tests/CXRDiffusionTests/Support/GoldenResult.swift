// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTestSupport
import Foundation

/// What a golden keeps of a tensor.
struct GoldenResult {
  let shape: [Int]
  let mean, deviation, largest: Double
  let positions: [Int]
  let values: [Double]

  /// Reads a golden of `networks.json`.
  init(_ name: String) throws { try self.init(Self.networks()[name]) }

  init(_ golden: GoldenJSON) throws {
    shape = try golden["shape"].integers
    mean = try golden["mean"].number
    deviation = try golden["std_unbiased"].number
    largest = try golden["absmax"].number
    positions = try golden["index"].integers
    values = try golden["value"].numbers
  }

  /// The whole document.
  static func networks() throws -> GoldenJSON {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Golden/networks.json")
    return try JSONDecoder().decode(GoldenJSON.self, from: Data(contentsOf: file))
  }

  /// How far a tensor is from the golden at most, in any of the numbers that are kept.
  ///
  /// - Throws: `GoldenJSON.Mismatch` for another shape.
  func distance(from tensor: Tensor) throws -> Double {
    guard tensor.shape == shape else {
      throw GoldenJSON.Mismatch(description: "the shape \(shape), not \(tensor.shape)")
    }
    let found = try tensor.values(as: Double.self)
    let mean = found.reduce(0, +) / Double(found.count)
    let squares = found.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(found.count - 1)).squareRoot()
    let largest = found.map(abs).max() ?? 0
    var differences = [mean - self.mean, deviation - self.deviation, largest - self.largest]
    differences += zip(positions, values).map { found[$0] - $1 }
    return differences.map(abs).max() ?? 0
  }
}
