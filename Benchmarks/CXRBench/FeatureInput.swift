// SPDX-License-Identifier: Apache-2.0
import CXRStatistics
import Foundation

/// The two feature matrices of the Fréchet task: little-endian single precision, row by row.
struct FeatureInput: Sendable {
  static let dimensions = 2_048

  let real: [Float]
  let synthetic: [Float]

  init(folder: String) throws {
    real = try Self.features("\(folder)/features-real.f32")
    synthetic = try Self.features("\(folder)/features-synthetic.f32")
  }

  func distance() throws -> FrechetDistance {
    try FrechetDistance(real, synthetic, dimensions: Self.dimensions)
  }

  private static func features(_ path: String) throws -> [Float] {
    let data = try Data(contentsOf: URL(filePath: path))
    let count = data.count / MemoryLayout<Float>.size
    guard count > 0, count.isMultiple(of: dimensions) else {
      throw BenchError("\(path) does not hold whole rows of \(dimensions) numbers")
    }
    return unsafe [Float](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      initializedCount = unsafe data.copyBytes(to: buffer) / MemoryLayout<Float>.size
    }
  }
}
