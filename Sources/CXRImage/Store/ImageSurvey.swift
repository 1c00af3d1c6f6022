// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import Synchronization

/// What decoding many image files shows: how many can be used, of what kind, and which cannot.
public struct ImageSurvey: Sendable, Encodable {
  /// A file that cannot be used.
  public struct Problem: Sendable, Encodable, Hashable {
    /// The name of the dataset.
    public let dataset: String
    /// The name of the image.
    public let imageName: String
    /// The kind of failure.
    public let code: ImageError.Code
    /// What was expected, what was found, and the remedy.
    public let message: String
  }

  /// Files of one kind.
  public struct Kind: Sendable, Encodable, Hashable {
    /// The name of the dataset.
    public let dataset: String
    /// The significant bits of a pixel.
    public let bitDepth: Int
    /// The number of files.
    public fileprivate(set) var fileCount: Int
    /// The smallest and the largest width, in pixels.
    public fileprivate(set) var widths: ClosedRange<Int>
    /// The smallest and the largest height, in pixels.
    public fileprivate(set) var heights: ClosedRange<Int>
  }

  /// The number of files that were decoded or refused.
  public let fileCount: Int
  /// The files that can be used, by dataset and bit depth.
  public let kinds: [Kind]
  /// The files that cannot be used, in their order.
  public let problems: [Problem]

  /// Decodes files.
  ///
  /// - Parameters:
  ///   - files: The files.
  ///   - limits: How much a file may ask for.
  ///   - threads: How many files are decoded at a time.
  ///   - progress: Called with the number of files done, from any thread.
  /// - Throws: `CancellationError`.
  /// - Complexity: O(pixels) in time; an image per thread in memory.
  public init(
    of files: [RadiographFile], limits: ImageLimits = .standard, threads: Int,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws {
    let done = Mutex(0)
    let outcomes = try await files.concurrentMap(width: threads) { file in
      let outcome = Self.outcome(of: file, limits: limits)
      progress(
        done.withLock { done in
          done += 1
          return done
        })
      return outcome
    }
    fileCount = files.count
    problems = outcomes.compactMap { if case .failure(let problem) = $0 { problem } else { nil } }
    var kinds: [[Int]: Kind] = [:]
    let datasets = files.map(\.dataset).distinct
    for case (let file, .success(let image)) in zip(files, outcomes) {
      let key = [datasets.firstIndex(of: file.dataset) ?? 0, image.bitDepth]
      kinds[key, default: Kind(file.dataset, image)].add(image)
    }
    self.kinds = kinds.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
  }

  /// The size and depth of an image, without its pixels.
  fileprivate struct Shape: Sendable {
    let width: Int
    let height: Int
    let bitDepth: Int
  }

  private enum Outcome: Sendable {
    case success(Shape)
    case failure(Problem)
  }

  private static func outcome(of file: RadiographFile, limits: ImageLimits) -> Outcome {
    do throws(ImageError) {
      let image = try GrayImage(contentsOf: file.path, limits: limits)
      return .success(Shape(width: image.width, height: image.height, bitDepth: image.bitDepth))
    } catch {
      return .failure(
        Problem(
          dataset: file.dataset, imageName: file.imageName, code: error.code,
          message: error.message))
    }
  }
}

extension ImageSurvey.Kind {
  fileprivate init(_ dataset: String, _ image: ImageSurvey.Shape) {
    self.init(
      dataset: dataset, bitDepth: image.bitDepth, fileCount: 0, widths: image.width...image.width,
      heights: image.height...image.height)
  }

  fileprivate mutating func add(_ image: ImageSurvey.Shape) {
    fileCount += 1
    widths = min(widths.lowerBound, image.width)...max(widths.upperBound, image.width)
    heights = min(heights.lowerBound, image.height)...max(heights.upperBound, image.height)
  }
}

extension ImageError.Code: Codable {}
