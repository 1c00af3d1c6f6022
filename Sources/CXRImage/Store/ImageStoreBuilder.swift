// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles
internal import Foundation
internal import Synchronization

/// Decodes radiographs once and puts their prepared pixels where training can map them.
///
///     let builder = ImageStoreBuilder(files, preparation: StorePreparation(side: 224))
///     let store = try await builder.build(at: "stores/nih-224", threads: 8)
///
/// The store is a function of the files, the preparation and their order: neither the number of
/// threads nor an interruption changes a byte of it.
public struct ImageStoreBuilder: Sendable {
  /// How much pixel data a shard is to hold at most, in bytes, unless one image has more.
  public static let shardByteCount = 32 << 20

  private let radiographs: [RadiographFile]
  private let description: StoreDescription
  private let limits: ImageLimits

  /// Describes a store; nothing is read yet.
  ///
  /// - Parameters:
  ///   - radiographs: What the store is to hold, in this order; no radiograph twice.
  ///   - preparation: What becomes of each.
  ///   - limits: How much a file may ask for.
  ///   - shardLength: The radiographs per shard; `nil` for as many as ``shardByteCount`` holds.
  public init(
    _ radiographs: [RadiographFile], preparation: StorePreparation,
    limits: ImageLimits = .standard, shardLength: Int? = nil
  ) {
    self.radiographs = radiographs
    self.limits = limits
    description = StoreDescription(
      radiographs, preparation: preparation,
      shardLength: shardLength ?? max(1, Self.shardByteCount / preparation.imageByteCount))
  }

  /// What a folder holds of the store.
  public enum State: String, Sendable, Codable {
    /// Nothing yet.
    case new
    /// What an earlier run left.
    case begun
    /// All of it; files that have changed since are decoded again.
    case complete
  }

  /// Looks what a folder holds of the store; nothing is written.
  ///
  /// - Parameter folder: The path of the folder.
  /// - Returns: How far the store is.
  /// - Throws: `FileError` with code `.unwritable` if the folder holds something else.
  public func state(at folder: String) throws -> State {
    let files = StoreFolder(path: folder)
    guard try files.holds(description) else { return .new }
    return files.isComplete ? .complete : .begun
  }

  /// Counts the shards that stay when a build is interrupted; nothing is written.
  ///
  /// - Parameter folder: The path of the folder.
  /// - Returns: The number of finished shards, and of all.
  public func progress(at folder: String) -> (finishedShards: Int, shards: Int) {
    let files = StoreFolder(path: folder)
    let count = description.shardCount
    let finished = (0..<count).count {
      FileManager.default.fileExists(atPath: files.shardIndexPath($0))
    }
    return (files.isComplete ? count : finished, count)
  }

  /// Builds the store, or what an earlier run left to be built.
  ///
  /// A file that cannot be decoded is left out, with the reason in the index. A shard that is there is
  /// kept if none of its files has another length than it had, and if those that could not be decoded
  /// still cannot be.
  ///
  /// - Parameters:
  ///   - folder: The path of the folder; it is made, or holds what an earlier run left.
  ///   - threads: How many files are decoded at a time.
  ///   - progress: Called with the number of radiographs done, from any thread.
  /// - Returns: The store.
  /// - Throws: `FileError` if the folder holds something else or cannot be written; ``ImageError`` with
  ///   code `.missing` if no file could be decoded; `CancellationError`. Finished shards stay.
  /// - Complexity: O(pixels) in time; one shard in memory, and an image per thread.
  public func build(
    at folder: String, threads: Int, progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws -> ImageStore {
    let files = StoreFolder(path: folder)
    try files.prepare(for: description)
    var index: [StoredRadiograph] = []
    for shard in 0..<description.shardCount {
      progress(description.radiographs(ofShard: shard).lowerBound)
      if let earlier = finishedShard(shard, in: files) {
        index += earlier
      } else {
        index += try await build(shard, in: files, threads: threads, progress: progress)
      }
    }
    guard index.contains(where: { $0.place != nil }) else {
      throw ImageError(
        .missing,
        "None of \(index.count) files can be decoded, so there is no store; check the folder of the "
          + "images, then run the same command again.")
    }
    try files.complete(index, shardCount: description.shardCount)
    progress(description.radiographCount)
    return try ImageStore(folder: folder)
  }

  /// The index of a shard that an earlier run finished, if the shard is as it would be built now.
  private func finishedShard(_ shard: Int, in files: StoreFolder) -> [StoredRadiograph]? {
    let expected = radiographs[description.radiographs(ofShard: shard)]
    guard let index = try? StoreFolder.radiographs(path: files.shardIndexPath(shard)),
      index.elementsEqual(
        expected, by: { $0.dataset == $1.dataset && $0.imageName == $1.imageName }),
      let pixels = try? MappedFile(path: files.pixelsPath(shard)),
      let found = try? NPYHeader.read(from: pixels, name: files.pixelsPath(shard)),
      found.header == header(imageCount: index.count { $0.place != nil }),
      zip(index, expected).allSatisfy(isCurrent)
    else { return nil }
    return index
  }

  /// Whether a file is as it was when it was decoded, as far as its length tells.
  private func isCurrent(_ stored: StoredRadiograph, _ file: RadiographFile) -> Bool {
    guard let source = stored.source else {
      return prepared(file).radiograph.problem == stored.problem
    }
    let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
    return attributes?[.size] as? Int == source.byteCount
  }

  private func build(
    _ shard: Int, in files: StoreFolder, threads: Int,
    progress: @escaping @Sendable (Int) -> Void
  ) async throws -> [StoredRadiograph] {
    let numbers = description.radiographs(ofShard: shard)
    let done = Mutex(numbers.lowerBound)
    let outcomes = try await numbers.concurrentMap(width: threads) { number in
      let outcome = prepared(radiographs[number])
      progress(
        done.withLock {
          $0 += 1; return $0
        })
      return outcome
    }
    var pixels = header(imageCount: outcomes.count { $0.pixels != nil }).bytes
    pixels.reserveCapacity(pixels.count + outcomes.count * description.preparation.imageByteCount)
    var index: [StoredRadiograph] = []
    var row = 0
    for var outcome in outcomes {
      if let image = outcome.pixels {
        image.append(to: &pixels)
        outcome.radiograph.place = StoredRadiograph.Place(shard: shard, row: row)
        row += 1
      }
      index.append(outcome.radiograph)
    }
    try AtomicFile.write(pixels, to: files.pixelsPath(shard))
    try StoreFolder.write(index, to: files.shardIndexPath(shard))
    return index
  }

  private func header(imageCount: Int) -> NPYHeader {
    let preparation = description.preparation
    return NPYHeader(
      element: preparation.depth == .eight ? .uint8 : .uint16,
      shape: [imageCount, preparation.side, preparation.side])
  }

  private func prepared(
    _ radiograph: RadiographFile
  ) -> (radiograph: StoredRadiograph, pixels: GrayImage?) {
    var stored = StoredRadiograph(dataset: radiograph.dataset, imageName: radiograph.imageName)
    do throws(ImageError) {
      let file = try ImageFile(path: radiograph.path, byteLimit: limits.fileByteCount)
      let image = try GrayImage(
        decoding: file.bytes, name: radiograph.path, limits: limits,
        shrinkingTo: description.preparation.side)
      let pixels = try description.preparation(image)
      stored.source = StoredRadiograph.Source(
        sha256: FileDigest.sha256(of: file.bytes), byteCount: file.bytes.count, width: image.width,
        height: image.height, bitDepth: image.bitDepth)
      return (stored, pixels)
    } catch {
      stored.problem = error.code
      return (stored, nil)
    }
  }
}

extension GrayImage {
  /// Appends the pixels, words in little-endian order, as NumPy's headers say.
  fileprivate func append(to bytes: inout [UInt8]) {
    switch pixels {
    case .bytes(let pixels): bytes += pixels
    case .words(let pixels): unsafe pixels.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    }
  }
}
