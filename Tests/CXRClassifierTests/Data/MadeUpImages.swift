// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import CXRImage
import CXRTraining

/// Images made from their numbers, some of which may be unreadable.
struct MadeUpPixels: PixelSource {
  var side = 8
  let contentDigest = "made up"
  var unreadable: Set<Int> = []

  func image(at index: Int) throws -> GrayImage {
    guard !unreadable.contains(index) else { throw ImageError(.malformed, "made unreadable") }
    let pixels = (0..<side * side).map { UInt8(truncatingIfNeeded: $0 * (index + 3) + index) }
    return GrayImage(
      width: side, height: side, pixels: .bytes(ContiguousArray(pixels)), bitDepth: 8)
  }

  func place(of index: Int) -> String { "place \(index)" }
}

/// Lists of made-up images.
enum MadeUpImages {
  /// Images of patients with one to three images each; every third has Edema, every fifth no target
  /// for Pneumonia.
  static func list(
    _ count: Int, firstID: Int64 = 1, pixels: MadeUpPixels = MadeUpPixels()
  ) throws -> LabelledImages {
    try LabelledImages(
      labels: .findings(.edema, .pneumonia), radiographIDs: (0..<count).map { firstID + Int64($0) },
      patientIDs: (0..<count).map { firstID + Int64($0 / 6 * 3 + [0, 1, 1, 2, 2, 2][$0 % 6]) },
      pixelIndices: (0..<count).map { count - 1 - $0 },
      targets: (0..<count).flatMap { number -> [UInt8] in
        [
          number % 3 == 0 ? 1 : 0,
          number % 5 == 0 ? LabelledImages.ignored : number % 2 == 0 ? 1 : 0,
        ]
      },
      pixels: pixels)
  }

  /// Images of two classes, one patient each: the first are positive, the others negative.
  static func classes(positive: Int, negative: Int, firstID: Int64 = 1) throws -> LabelledImages {
    let ids = (0..<positive + negative).map { firstID + Int64($0) }
    return try LabelledImages(
      labels: .findings(.pneumonia), radiographIDs: ids, patientIDs: ids,
      pixelIndices: ids.map { Int($0) },
      targets: Array(repeating: 1, count: positive) + Array(repeating: 0, count: negative),
      pixels: MadeUpPixels())
  }
}
