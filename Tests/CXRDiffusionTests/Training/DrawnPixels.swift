// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRImage
import CXRTraining
import Foundation

/// Pictures of stripes, of another width and direction each.
struct DrawnPixels: PixelSource {
  let side = 16
  let contentDigest: String

  init(_ contentDigest: String = "stripes") { self.contentDigest = contentDigest }

  /// The number of a picture that cannot be read.
  static let unreadableIndex = 1_000

  func image(at index: Int) throws -> GrayImage {
    guard index != Self.unreadableIndex else { throw ImageError(.unreadable, "picture \(index)") }
    let pixels = (0..<side * side).map { position -> UInt8 in
      let along = index % 2 == 0 ? position / side : position % side
      return UInt8(127.5 + 120 * sin(Double(along) * (0.4 + 0.3 * Double(index))))
    }
    return GrayImage(
      width: side, height: side, pixels: .bytes(ContiguousArray(pixels)), bitDepth: 8)
  }

  func place(of index: Int) -> String { "picture \(index)" }

  /// A list of such pictures.
  static func list(_ indices: Range<Int>, digest: String = "stripes") throws -> PromptedImages {
    try PromptedImages(
      prompts: indices.map { "stripes \($0)" }, pixelIndices: Array(indices),
      pixels: DrawnPixels(digest))
  }

  /// Eight tokens that tell the prompts of ``list(_:digest:)`` from each other.
  static let tokens: DiffusionTrainer.Tokenization = { prompt in
    [0] + prompt.utf8.suffix(6).map { Int($0) }
      + Array(repeating: 2, count: 7 - min(6, prompt.utf8.count))
  }
}
