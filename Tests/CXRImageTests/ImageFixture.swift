// SPDX-License-Identifier: Apache-2.0
import CXRImage
import Foundation
import Testing

/// A small image file and its pixels, from `Scripts/golden/make_image_fixtures.py`.
struct ImageFixture: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let width: Int
  let height: Int
  let bitDepth: Int
  let minimumSide: Int?
  /// A word of the error, if the file must be refused.
  let refusal: String?
  /// The file.
  let bytes: Data
  /// The first channel or the luminance, row by row.
  let pixels: [Int]

  var testDescription: String { name }

  /// Every fixture that can be decoded.
  static var all: [ImageFixture] {
    get throws { try everything.filter { $0.refusal == nil } }
  }

  /// Every fixture that must be refused.
  static var refused: [ImageFixture] {
    get throws { try everything.filter { $0.refusal != nil } }
  }

  private static var everything: [ImageFixture] {
    get throws { try golden("images.json") }
  }

  /// Reads a golden document of this target.
  static func golden<Content: Decodable>(_ name: String) throws -> Content {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
    return try JSONDecoder().decode(Content.self, from: Data(contentsOf: url))
  }
}

extension GrayImage {
  /// The pixels as numbers, row by row.
  var numbers: [Int] {
    switch pixels {
    case .bytes(let bytes): bytes.map(Int.init)
    case .words(let words): words.map(Int.init)
    }
  }
}
