// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import CXRImage
import CXRTraining

/// Pictures of noise; every second one has a bright square, which means Edema.
struct LearnablePixels: PixelSource {
  let side = 16
  let seed: UInt64
  let contentDigest = "made up"

  func image(at index: Int) throws -> GrayImage {
    let noise = RandomStream(seed: seed, purpose: "test.noise", index: index)
    let (row, column) = (noise.index(at: 1_000, below: 10), noise.index(at: 1_001, below: 10))
    let pixels = (0..<side * side).map { position -> UInt8 in
      let isInSquare =
        (row..<row + 5).contains(position / side) && (column..<column + 5).contains(position % side)
      return UInt8(60 * noise.unit(at: position) + (isInSquare && index % 2 == 0 ? 120 : 0))
    }
    return GrayImage(
      width: side, height: side, pixels: .bytes(ContiguousArray(pixels)), bitDepth: 8)
  }

  func place(of index: Int) -> String { "picture \(index)" }

  /// A list of such pictures with their labels; Pneumonia is never known.
  static func list(_ count: Int, firstID: Int64 = 1, seed: UInt64 = 7) throws -> LabelledImages {
    let ids = (0..<count).map { firstID + Int64($0) }
    return try LabelledImages(
      labels: .findings(.edema, .pneumonia), radiographIDs: ids, patientIDs: ids,
      pixelIndices: ids.map { Int($0) },
      targets: ids.flatMap { [$0 % 2 == 0 ? 1 : 0, LabelledImages.ignored] },
      pixels: LearnablePixels(seed: seed))
  }
}
