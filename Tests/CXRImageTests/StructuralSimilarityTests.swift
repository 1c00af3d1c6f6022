// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import Foundation
import Testing

@testable import CXRImage

@Suite("Structural similarity")
struct StructuralSimilarityTests {
  /// Both programs were run in double precision.
  private static let tolerance = 1e-11

  @Test("Agrees with both programs on made pictures", arguments: SSIMConvention.allCases)
  func agreesWithPrograms(_ convention: SSIMConvention) throws {
    let similarity = StructuralSimilarity(convention)
    for value in try ImageGolden.json("similarity").list {
      let size = try value["size"].integers
      let first = ImageGolden.picture(size[0], size[1], seed: 1)
      let second = Self.disturbed(first)
      let expected = try value[convention.rawValue].numbers
      #expect(try similarity.ssim(first, second).isClose(to: expected[0], absolute: Self.tolerance))
      #expect(
        try similarity.multiscale(first, second).isClose(to: expected[1], absolute: Self.tolerance))
    }
  }

  @Test("Agrees with the reference figures", .enabled(if: Shared.isPresent))
  func agreesWithReference() throws {
    let results = try Golden.json("golden_msssim.json")["results"]
    for name in try results.keys where name.contains("__") {
      let images = try name.split(separator: "_", omittingEmptySubsequences: true)
        .map { try Self.sharedImage(String($0)) }
      let value = try results[name]
      for (convention, program) in [
        (SSIMConvention.unpadded, "pytorch_msssim"), (.reflected, "torchmetrics"),
      ] {
        let similarity = StructuralSimilarity(convention)
        let suffix = convention == .reflected ? "_default" : ""
        let multiscale = try value["\(program)_ms_ssim_range255\(suffix)"].number
        let single = try value["\(program)_ssim_range255"].number
        #expect(
          try similarity.multiscale(images[0], images[1])
            .isClose(to: multiscale, absolute: Self.tolerance), "\(name) \(convention)")
        #expect(
          try similarity.ssim(images[0], images[1]).isClose(to: single, absolute: Self.tolerance),
          "\(name) \(convention)")
      }
    }
  }

  @Test("Agrees on the four images of a prompt", .enabled(if: Shared.isPresent))
  func agreesOnFour() throws {
    let value = try Golden.json("golden_msssim.json")["results"]["intra_prompt_four_images"]
    let images = try value["images"].list.map { try Self.sharedImage($0.text) }
    let mean = try StructuralSimilarity(.unpadded).meanMultiscale(among: images)
    #expect(try mean.isClose(to: value["ms_ssim_mean"].number, absolute: Self.tolerance))
    var cosines: [Double] = []
    for first in 0..<4 {
      for second in (first + 1)..<4 {
        cosines.append(try CosineSimilarity.between(images[first], images[second]))
      }
    }
    for (cosine, expected) in zip(cosines, try value["cosine_pairs"].numbers) {
      // Bytes pass through single precision.
      #expect(cosine.isClose(to: expected, absolute: 1e-7))
    }
  }

  @Test("Agrees with the model reference, in floats", .enabled(if: Shared.isPresent))
  func agreesInFloats() throws {
    let golden = try JSONDecoder().decode(
      GoldenJSON.self, from: Data(contentsOf: Shared.url("reference/models_golden.json")))
    let steps = (0..<65_536).map { Float($0) }
    let first = steps.map { sin(0.01 * $0) * 0.5 + 0.5 }
    let second = zip(first, steps).map { min(max(0.75 * $0 + 0.1 * cos(0.05 * $1), 0), 1) }
    let images = try [first, second].map {
      try RangedImage<UnitRange>(width: 256, height: 256, pixels: ContiguousArray($0))
    }
    // The reference is in single precision throughout.
    for (convention, key) in [(SSIMConvention.unpadded, "valid"), (.reflected, "reflect")] {
      let value = try StructuralSimilarity(convention).multiscale(images[0], images[1])
      #expect(try value.isClose(to: golden["metrics"]["ms_ssim_\(key)"].number, absolute: 1e-5))
    }
  }

  @Test("Is 1 for equal images and the same both ways", arguments: SSIMConvention.allCases)
  func isSymmetric(_ convention: SSIMConvention) throws {
    let similarity = StructuralSimilarity(convention)
    let first = ImageGolden.picture(181, 177, seed: 3)
    let second = ImageGolden.picture(181, 177, seed: 4)
    #expect(try similarity.multiscale(first, first).isClose(to: 1, absolute: 1e-12))
    #expect(try similarity.ssim(first, first).isClose(to: 1, absolute: 1e-12))
    #expect(try similarity.ssim(first, second) == similarity.ssim(second, first))
    #expect(try similarity.multiscale(first, second) < 1)
  }

  @Test("Images of different bit depths are measured each to its own white")
  func comparesDepths() throws {
    let bytes = ImageGolden.picture(40, 40, seed: 6)
    let words = GrayImage(RangedImage<UnitRange>(bytes), bitDepth: 16)
    #expect(
      try StructuralSimilarity(.unpadded).ssim(bytes, words).isClose(to: 1, absolute: 1e-6))
  }

  @Test("Falls as noise grows")
  func fallsWithNoise() throws {
    let similarity = StructuralSimilarity(.unpadded)
    let flat = GrayImage(
      width: 176, height: 176, pixels: .bytes(ContiguousArray(repeating: 128, count: 176 * 176)),
      bitDepth: 8)
    let values = try [0, 8, 32, 100].map { amplitude in
      let noisy = flat.values.indices.map { UInt8(128 + ($0 * 7_919 % 17 - 8) * amplitude / 8) }
      return try similarity.multiscale(
        flat,
        GrayImage(
          width: 176, height: 176, pixels: .bytes(ContiguousArray(noisy)), bitDepth: 8))
    }
    #expect(values.first == 1)
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 > $1 })
  }

  @Test("Refuses other sizes and small images", arguments: SSIMConvention.allCases)
  func refusesSizes(_ convention: SSIMConvention) throws {
    let similarity = StructuralSimilarity(convention)
    let small = ImageGolden.picture(convention.smallestSide - 1, 300, seed: 1)
    let fitting = ImageGolden.picture(convention.smallestSide, convention.smallestSide, seed: 1)
    let error = #expect(throws: ImageError.self) { try similarity.multiscale(small, small) }
    #expect(error?.code == .unfitSize)
    #expect(error?.message.contains("\(convention.smallestSide)") == true)
    #expect(try similarity.multiscale(fitting, fitting).isClose(to: 1, absolute: 1e-12))
    #expect(throws: ImageError.self) { try similarity.ssim(small, fitting) }
    let tiny = ImageGolden.picture(10, 11, seed: 1)
    #expect(throws: ImageError.self) { try similarity.ssim(tiny, tiny) }
  }

  /// The script's second picture: the first plus an eighth of another.
  private static func disturbed(_ image: GrayImage) -> GrayImage {
    let other = ImageGolden.picture(image.width, image.height, seed: 2).values
    let values = zip(image.values, other).map { UInt8(min(max($0 + $1 / 8 - 16, 0), 255)) }
    return GrayImage(
      width: image.width, height: image.height, pixels: .bytes(ContiguousArray(values)),
      bitDepth: 8)
  }

  /// Reads one of the reference's portable graymaps, whose header has three lines.
  private static func sharedImage(_ name: String) throws -> GrayImage {
    let data = try Data(contentsOf: Shared.url("goldens/images/\(name).pgm"))
    let lines = data.split(separator: UInt8(ascii: "\n"), maxSplits: 3)
    let size = String(decoding: lines[1], as: UTF8.self).split(separator: " ").compactMap {
      Int($0)
    }
    return GrayImage(
      width: size[0], height: size[1],
      pixels: .bytes(ContiguousArray(data.suffix(size[0] * size[1]))), bitDepth: 8)
  }
}
