// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import Synchronization

/// How alike the images of many pairs of files are, and which pairs cannot be compared.
///
///     let survey = try await SimilaritySurvey(
///       of: ["a.png", "b.png", "c.png"], pairs: [.init(0, 1), .init(0, 2)], threads: 8
///     ) { image in image }
///     survey.similarities[1]?.msssimUnpadded
///
/// Images are decoded block by block: those of a block stay in memory until each of its pairs is
/// compared. When all images fit into one block, each is decoded once; else an image is decoded
/// once more for each earlier block with which it has pairs.
public struct SimilaritySurvey: Sendable {
  /// Two images by their numbers.
  public struct Pair: Hashable, Sendable {
    /// The number of an image.
    public let first: Int
    /// The number of another image.
    public let second: Int

    /// Names two images.
    ///
    /// - Parameters:
    ///   - first: The number of an image, from 0.
    ///   - second: The number of another image.
    public init(_ first: Int, _ second: Int) {
      self.first = first
      self.second = second
    }
  }

  /// The bytes of prepared pixels at which a block is full.
  ///
  /// It exceeds them by the images that were being decoded then, one per thread. Two blocks are in
  /// memory at a time.
  public static let blockByteCount = 256 << 20

  /// What came of each pair, in their order; `nil` where it cannot be compared.
  public let similarities: [PairSimilarity?]
  /// The pairs that cannot be compared, in their order, each with the first reason.
  public let problems: [(pair: Pair, error: ImageError)]

  /// Decodes images and compares pairs of them.
  ///
  /// - Parameters:
  ///   - paths: The paths of the images; those of one pair are best near to one another.
  ///   - pairs: The pairs, by the numbers of the paths.
  ///   - limits: How much a file may ask for.
  ///   - threads: How many images are decoded, and pairs compared, at a time.
  ///   - blockByteCount: The bytes of pixels of a block.
  ///   - progress: Called with the steps that are done and with their number, from any thread; a
  ///     step is an image that is decoded or a pair that is compared.
  ///   - prepare: What becomes of an image before it is compared.
  /// - Throws: `CancellationError`.
  /// - Precondition: `threads` and `blockByteCount` are positive.
  /// - Complexity: O(pixels · pairs) in time; two blocks in memory.
  public init(
    of paths: [String], pairs: [Pair], limits: ImageLimits = .standard, threads: Int,
    blockByteCount: Int = Self.blockByteCount,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in },
    preparing prepare: @escaping @Sendable (GrayImage) throws(ImageError) -> GrayImage
  ) async throws {
    precondition(threads > 0 && blockByteCount > 0)
    var work = Work(
      pairs: pairs, imageCount: paths.count, threads: threads, blockByteCount: blockByteCount,
      progress: progress
    ) { number throws(ImageError) in
      try prepare(GrayImage(contentsOf: paths[number], limits: limits))
    }
    try await work.run()
    similarities = work.outcomes.map { try? $0?.get() }
    problems = zip(pairs, work.outcomes).compactMap { pair, outcome in
      if case .failure(let error) = outcome { (pair, error) } else { nil }
    }
  }

  /// The comparison under way.
  private struct Work {
    typealias Block = [Int: Result<GrayImage, ImageError>]

    let pairs: [Pair]
    let threads: Int
    let blockByteCount: Int
    let decode: @Sendable (Int) throws(ImageError) -> GrayImage
    /// The numbers of the pairs by their image with the lower number.
    private var pairsByImage: [[Int]]
    private let steps: Steps
    private(set) var outcomes: [Result<PairSimilarity, ImageError>?]

    init(
      pairs: [Pair], imageCount: Int, threads: Int, blockByteCount: Int,
      progress: @escaping @Sendable (Int, Int) -> Void,
      decode: @escaping @Sendable (Int) throws(ImageError) -> GrayImage
    ) {
      self.pairs = pairs
      self.threads = threads
      self.blockByteCount = blockByteCount
      self.decode = decode
      pairsByImage = Array(repeating: [], count: imageCount)
      for (number, pair) in pairs.enumerated() {
        pairsByImage[min(pair.first, pair.second)].append(number)
      }
      let images = Set(pairs.flatMap { [$0.first, $0.second] })
      steps = Steps(total: pairs.count + images.count, progress: progress)
      outcomes = Array(repeating: nil, count: pairs.count)
    }

    mutating func run() async throws {
      // Images that are only compared with earlier ones come beside those.
      var rest = pairsByImage.indices.filter { !pairsByImage[$0].isEmpty }[...]
      while !rest.isEmpty {
        let block = try await nextBlock(of: &rest)
        let open = block.keys.sorted().flatMap { pairsByImage[$0] }
        try await compare(open.filter { block[other(of: $0)] != nil }, in: block)
        let outside = open.filter { block[other(of: $0)] == nil }
        let others = Set(outside.map(other)).sorted()
        var otherRest = others[...]
        while !otherRest.isEmpty {
          let otherBlock = try await nextBlock(of: &otherRest)
          try await compare(
            outside.filter { otherBlock[other(of: $0)] != nil },
            in: block.merging(otherBlock) { own, _ in own })
        }
      }
    }

    /// The image of a pair with the higher number.
    private func other(of pair: Int) -> Int { max(pairs[pair].first, pairs[pair].second) }

    /// Decodes the next images until a block is full.
    private func nextBlock(of rest: inout ArraySlice<Int>) async throws -> Block {
      var block: Block = [:]
      var byteCount = 0
      while byteCount < blockByteCount, !rest.isEmpty {
        let numbers = rest.prefix(threads)
        rest = rest.dropFirst(threads)
        let images = try await numbers.concurrentMap(width: threads) { [decode, steps] number in
          let image = Result { () throws(ImageError) in try decode(number) }
          steps.finish(image: number)
          return image
        }
        for (number, image) in zip(numbers, images) {
          block[number] = image
          if case .success(let image) = image { byteCount += image.pixels.byteCount }
        }
      }
      return block
    }

    private mutating func compare(_ numbers: [Int], in block: Block) async throws {
      let pairs = pairs
      let compared = try await numbers.concurrentMap(width: threads) { [steps] number in
        let pair = pairs[number]
        let outcome = Result { () throws(ImageError) in
          guard let first = block[pair.first], let second = block[pair.second] else {
            preconditionFailure("both images of a pair are in the blocks")
          }
          return try PairSimilarity(first.get(), second.get())
        }
        steps.finishPair()
        return outcome
      }
      for (number, outcome) in zip(numbers, compared) { outcomes[number] = outcome }
    }
  }

  /// Counts what is done; an image that is decoded again is no step.
  private final class Steps: Sendable {
    private let total: Int
    private let progress: @Sendable (Int, Int) -> Void
    private let state = Mutex((done: 0, images: Set<Int>()))

    init(total: Int, progress: @escaping @Sendable (Int, Int) -> Void) {
      self.total = total
      self.progress = progress
    }

    func finish(image: Int) {
      let done: Int? = state.withLock { state in
        guard state.images.insert(image).inserted else { return nil }
        state.done += 1
        return state.done
      }
      if let done { progress(done, total) }
    }

    func finishPair() {
      let done = state.withLock { state in
        state.done += 1
        return state.done
      }
      progress(done, total)
    }
  }
}

extension GrayImage.Pixels {
  /// The bytes in memory.
  fileprivate var byteCount: Int {
    switch self {
    case .bytes(let bytes): bytes.count
    case .words(let words): 2 * words.count
    }
  }
}
