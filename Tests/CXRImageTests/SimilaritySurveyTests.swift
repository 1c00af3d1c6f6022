// SPDX-License-Identifier: Apache-2.0
import CXRImage
import CXRTestSupport
import Foundation
import Synchronization
import Testing

@Suite("Similarity of many pairs")
struct SimilaritySurveyTests {
  let folder: TemporaryFolder
  let paths: [String]
  /// Every pair of four images.
  let pairs: [SimilaritySurvey.Pair]

  init() throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    paths = try (0..<4).map { number in
      let path = folder.path("\(number).png")
      try ImageEncodingTests.noise(176, 180, bitDepth: 8, seed: UInt64(number + 1)).writePNG(
        to: path)
      return path
    }
    pairs = (0..<4).flatMap { second in (0..<second).map { .init($0, second) } }
  }

  private func survey(
    pairs: [SimilaritySurvey.Pair]? = nil, blockByteCount: Int = SimilaritySurvey.blockByteCount,
    threads: Int = 2, counting count: Counter = Counter()
  ) async throws -> SimilaritySurvey {
    try await SimilaritySurvey(
      of: paths, pairs: pairs ?? self.pairs, threads: threads, blockByteCount: blockByteCount,
      progress: { count.steps($0, $1) }
    ) { image throws(ImageError) in
      count.decoded()
      return image
    }
  }

  /// Counts from any thread.
  private final class Counter: Sendable {
    private let state = Mutex((images: 0, steps: [Int](), total: 0))
    var imageCount: Int { state.withLock { $0.images } }
    var steps: (done: [Int], total: Int) { state.withLock { ($0.steps, $0.total) } }
    func decoded() { state.withLock { $0.images += 1 } }
    func steps(_ done: Int, _ total: Int) {
      state.withLock {
        $0.steps.append(done)
        $0.total = total
      }
    }
  }

  @Test("Each image is decoded once, and each pair is as it is alone")
  func decodesOnce() async throws {
    let count = Counter()
    let survey = try await survey(counting: count)
    #expect(count.imageCount == 4)
    #expect(survey.problems.isEmpty)
    for (pair, similarity) in zip(pairs, survey.similarities) {
      let alone = try PairSimilarity(
        GrayImage(contentsOf: paths[pair.first]), GrayImage(contentsOf: paths[pair.second]))
      #expect(similarity == alone)
    }
    // 4 images and 6 pairs, each told of once.
    #expect(count.steps.total == 10 && count.steps.done.sorted() == Array(1...10))
  }

  @Test("Small blocks decode images again and change nothing else", arguments: [1, 2])
  func blocks(_ threads: Int) async throws {
    let whole = try await survey(threads: 3 - threads)
    let count = Counter()
    // Blocks of two images: the first alone does not fill one.
    let survey = try await survey(
      blockByteCount: 176 * 180 + 1, threads: threads, counting: count)
    #expect(survey.similarities == whole.similarities)
    #expect(count.imageCount == 4 + 2)
    #expect(count.steps.done.sorted() == Array(1...10))
  }

  @Test("Pairs that are spread over blocks are all compared, whatever the order of their images")
  func sparse() async throws {
    let count = Counter()
    let survey = try await survey(
      pairs: [.init(0, 3), .init(2, 1)], blockByteCount: 1, threads: 1, counting: count)
    #expect(survey.similarities.count == 2 && survey.problems.isEmpty)
    #expect(count.imageCount == 4)
  }

  @Test("Pairs of which an image cannot be decoded or does not fit are left out with the reason")
  func problems() async throws {
    try Data("no image".utf8).write(to: URL(filePath: paths[1]))
    try ImageEncodingTests.noise(200, 180, bitDepth: 8).writePNG(to: paths[3])
    let survey = try await survey()
    let compared = zip(pairs, survey.similarities).filter { $1 != nil }.map(\.0)
    #expect(compared == [.init(0, 2)])
    let codes = Dictionary(grouping: survey.problems, by: \.error.code).mapValues(\.count)
    // Of the pair of both bad images, the file that cannot be decoded counts.
    #expect(codes == [.unsupported: 3, .unfitSize: 2])
    #expect(survey.problems.count + compared.count == pairs.count)
  }
}
