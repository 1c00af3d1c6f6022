// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

@testable import CXRDiffusion

@Suite("Pixel coding", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct PixelCodingTests {
  private func coding(_ reduction: Int) -> PixelCoding {
    var coding = PixelCoding()
    (coding.reduction, coding.mean, coding.deviation) = (reduction, -0.2, 0.6)
    return coding
  }

  /// A gray picture of numbers from −1 to 1, with sharp edges.
  private func picture(_ side: Int) throws -> Tensor {
    let plane = (0..<side * side).map { position -> Float in
      let (row, column) = (position / side, position % side)
      return row == column ? 1 : row < 3 ? -1 : Float(sin(0.7 * Double(row) + 1.3 * Double(column)))
    }
    return try Tensor(plane, shape: [1, 1, side, side]).expanded([1, 3, side, side]).contiguous()
  }

  private func largestDifference(_ first: [Float], _ second: [Float]) throws -> Float {
    try #require(first.count == second.count)
    return zip(first, second).map { abs($0 - $1) }.max() ?? 0
  }

  @Test("Without reduction a picture comes back, and its latent one is the picture")
  func isIdentity() throws {
    let network = try coding(1).autoencoder(side: 16, on: .cpu)
    let picture = try picture(16)
    let latent = try withoutGradients { try network.module.encode(picture) }
    let pixels = try picture.slice(0..<1, along: 1).values(as: Float.self)
    #expect(
      try largestDifference(
        latent.mean.values(as: Float.self), pixels.map { ($0 + 0.2) / 0.6 }) < 1e-4)
    // Sampling adds nothing that 8 bits show.
    #expect(try latent.logVariance.values(as: Float.self).allSatisfy { $0 == -30 })
    let decoded = try withoutGradients { try network.module.decode(latent.mean) }
    #expect(
      try largestDifference(
        decoded.values(as: Float.self), picture.values(as: Float.self)) < 1e-4)
  }

  @Test("With reduction latent pixels are means, and decoding interpolates", arguments: [2, 4, 8])
  func interpolates(_ reduction: Int) throws {
    let network = try coding(reduction).autoencoder(side: 32, on: .cpu)
    #expect(network.configuration.pixelsPerLatent == reduction)
    let picture = try picture(32)
    let latent = try withoutGradients { try network.module.encode(picture) }.mean
    let side = 32 / reduction
    #expect(latent.shape == [1, 1, side, side])
    let pixels = try picture.slice(0..<1, along: 1).values(as: Float.self)
    let means = (0..<side * side).map { position -> Float in
      var sum: Float = 0
      for row in 0..<reduction {
        for column in 0..<reduction {
          sum +=
            pixels[(position / side * reduction + row) * 32 + position % side * reduction + column]
        }
      }
      return (sum / Float(reduction * reduction) + 0.2) / 0.6
    }
    #expect(try largestDifference(latent.values(as: Float.self), means) < 2e-4)
    // What is linear stays so: a slope comes back but for its ends.
    let slope = (0..<side * side).map { Float($0 % side) / Float(side) - 0.5 }
    let decoded = try withoutGradients {
      try network.module.decode(Tensor(slope, shape: [1, 1, side, side]))
    }
    #expect(decoded.shape == [1, 3, 32, 32])
    let row = Array(try decoded.values(as: Float.self)[16 * 32..<17 * 32])
    let step = 0.6 / 32
    for column in reduction..<32 - reduction - 1 {
      #expect(Double(row[column + 1] - row[column]).isClose(to: step, absolute: 1e-3))
    }
  }

  @Test("Black stays black at the edge")
  func keepsEdges() throws {
    let network = try coding(4).autoencoder(side: 32, on: .cpu)
    let black = try Tensor.full(-1, shape: [1, 3, 32, 32])
    let decoded = try withoutGradients {
      try network.module.decode(network.module.encode(black).mean)
    }
    #expect(try decoded.values(as: Float.self).allSatisfy { abs($0 + 1) < 1e-4 })
  }
}
