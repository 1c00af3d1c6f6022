// SPDX-License-Identifier: Apache-2.0
import CXRImage
import CXRTestSupport
import Foundation

/// The files of `Scripts/golden/make_image_goldens.py`, and the pictures that they are about.
enum ImageGolden {
  /// Reads a golden document of this target.
  static func json(_ name: String) throws -> GoldenJSON {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/\(name).json")
    return try JSONDecoder().decode(GoldenJSON.self, from: Data(contentsOf: url))[name]
  }

  /// The picture of the script: smooth slopes with a texture on top.
  static func picture(_ width: Int, _ height: Int, seed: Int, bitDepth: Int = 8) -> GrayImage {
    let values = (0..<(width * height)).map { index in
      let (x, y) = (index % width, index / width)
      let value =
        x * x * 7 + y * y * 11 + x * y * 3 + ((x * 37 + y * 91 + seed * 53) % 61) * 4 + seed * 17
      return value * (bitDepth == 16 ? 61 : 1) % (1 << bitDepth)
    }
    return GrayImage(
      width: width, height: height,
      pixels: bitDepth > 8
        ? .words(ContiguousArray(values.map { UInt16($0) }))
        : .bytes(ContiguousArray(values.map { UInt8($0) })),
      bitDepth: bitDepth)
  }
}

extension GrayImage {
  /// The pixels as whole numbers.
  var values: [Int] {
    switch pixels {
    case .bytes(let bytes): bytes.map { Int($0) }
    case .words(let words): words.map { Int($0) }
    }
  }
}

extension RangedImage {
  /// The largest difference from other pixels, infinite if their number differs.
  func distance(to other: [Double]) -> Double {
    guard other.count == pixels.count else { return .infinity }
    return zip(pixels, other).map { abs(Double($0) - $1) }.max() ?? 0
  }
}
