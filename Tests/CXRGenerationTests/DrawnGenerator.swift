// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRGeneration
import CXRImage

/// Draws noise, and into its first pixels what the prompt asks for, not always rightly.
///
/// Every image depends on its prompt and seed alone.
struct DrawnGenerator: ImageGenerator {
  var identity = ModelIdentity(name: "drawn", digest: "d1", settings: ["steps": "1"])
  /// The share of images that show another sex, another race, another age; each by itself.
  var errorShare = 0.25
  /// The share of requests that come to no numbers, and of those that come to black.
  var failureShare = 0.05
  /// Called before each image, with its number among all.
  var beforeImage: (Int) throws -> Void = { _ in }
  private let count = Counter()

  private final class Counter { var value = 0 }

  /// How many images were asked for.
  var requestCount: Int { count.value }

  func images(
    for requests: [ImageRequest], isWorking: () throws -> Void
  ) throws -> [GeneratedImage] {
    try requests.map { request in
      try beforeImage(count.value)
      count.value += 1
      try isWorking()
      return draw(request)
    }
  }

  private func draw(_ request: ImageRequest) -> GeneratedImage {
    let stream = RandomStream(seed: request.seed, purpose: "test.drawn", index: 0)
    if stream.unit(at: 0) < failureShare { return .failure(.notFinite) }
    var pixels = ContiguousArray<UInt8>(repeating: 0, count: 24 * 20)
    if stream.unit(at: 1) >= failureShare {
      for index in pixels.indices { pixels[index] = UInt8(stream.word(at: 10 + index) & 0xFF) }
      let words = request.prompt.split(separator: " ").map(String.init)
      let errs = (2...4).map { stream.unit(at: $0) < errorShare }
      let age = Int(words[0]) ?? 0
      pixels[0] = UInt8(errs[0] ? max(0, age - 20) : age)
      let race = Race.allCases.firstIndex { $0.rawValue.uppercased() == words[3] } ?? 0
      pixels[1] = UInt8(errs[1] ? (race + 1) % 4 : race)
      let sex = words[4].hasPrefix("female") ? 0 : 1
      pixels[2] = UInt8(errs[2] ? 1 - sex : sex)
    }
    return .image(GrayImage(width: 24, height: 20, pixels: .bytes(pixels), bitDepth: 8))
  }
}

/// Reads what a ``DrawnGenerator`` drew.
struct PixelJudge: Judge {
  var identity = ModelIdentity(name: "pixels", digest: "p1")
  var aspects: [JudgedAspect] = [.sex, .race([.asian, .black, .white]), .ageYears]
  /// Changes what is told.
  var distort: ([[QualityEstimate]]) -> [[QualityEstimate]] = { $0 }

  func estimates(for images: [GrayImage]) throws -> [[QualityEstimate]] {
    distort(
      images.map { image in
        guard case .bytes(let pixels) = image.pixels else { return [] }
        return aspects.map { aspect in
          switch aspect {
          case .sex:
            .sex([Sex.allCases[Int(pixels[2])]: 0.9, Sex.allCases[1 - Int(pixels[2])]: 0.1])
          case .race(let known):
            // As a network does: what it does not know, it takes for something that it knows.
            .race([
              known.contains(Race.allCases[Int(pixels[1])])
                ? Race.allCases[Int(pixels[1])] : .white: 0.8
            ])
          case .ageYears: .ageYears(Double(pixels[0]) + 0.25)
          case .finding: .finding(Double(pixels[3]) / 255)
          }
        }
      })
  }
}
