// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

/// Prepared radiographs in NumPy files that are mapped into memory.
///
///     let store = try ImageStore(folder: "stores/nih-224")
///     let image = store.image(at: 0)
///
/// In Python a shard is `numpy.load("shard-00000.npy", mmap_mode="r")`, shape
/// `[images, side, side]`; `index.csv` says which radiograph is where.
public struct ImageStore: Sendable {
  /// The path of the folder.
  public let folder: String
  /// What the store was asked to hold.
  public let description: StoreDescription
  /// The radiographs that have pixels, in order.
  public let radiographs: [StoredRadiograph]
  /// The radiographs that have none, and why.
  public let failures: [StoredRadiograph]
  private let shards: [MappedFile]
  private let offsets: [(shard: Int, byte: Int)]

  /// Opens a complete store.
  ///
  /// - Parameter folder: The path of the folder.
  /// - Throws: ``ImageError`` with code `.missing` for a folder without a store or with one that is
  ///   not complete, or `FileError` if a file of it is damaged.
  /// - Complexity: O(*n*) for *n* radiographs; no pixels are read.
  public init(folder: String) throws {
    let files = StoreFolder(path: folder)
    let description = try StoreDescription(path: files.descriptionPath)
    guard files.isComplete else {
      throw ImageError(
        .missing, "\(folder) holds a store that is not complete; run `cxr images build` again.")
    }
    let index = try StoreFolder.radiographs(path: files.indexPath)
    let pixelCounts = Dictionary(
      index.compactMap(\.place).map { ($0.shard, $0.row + 1) }, uniquingKeysWith: max)
    let preparation = description.preparation
    var shards: [MappedFile] = []
    var starts: [Int] = []
    for shard in 0..<description.shardCount {
      let path = files.pixelsPath(shard)
      let file = try MappedFile(path: path)
      let (header, valueOffset): (NPYHeader, Int)
      do {
        (header, valueOffset) = try NPYHeader.read(from: file, name: path)
      } catch {
        throw FileError(
          error.code, error.message + " The `cxr images build` that made the store repairs it.",
          cause: error)
      }
      guard header.shape == [pixelCounts[shard] ?? 0, preparation.side, preparation.side],
        header.element == (preparation.depth == .eight ? .uint8 : .uint16)
      else {
        throw FileError(
          .malformed, "\(path) does not hold what \(files.indexPath) says; build the store again.")
      }
      shards.append(file)
      starts.append(valueOffset)
    }
    self.folder = folder
    self.description = description
    self.shards = shards
    radiographs = index.filter { $0.place != nil }
    failures = index.filter { $0.place == nil }
    offsets = radiographs.compactMap(\.place).map {
      ($0.shard, starts[$0.shard] + $0.row * preparation.imageByteCount)
    }
  }

  /// The SHA-256 of what the store was asked to hold and of what lies where in it.
  public var contentDigest: String {
    let rows = (radiographs + failures).map { $0.fields.joined(separator: "\t") }
    return FileDigest.sha256(
      of: ([String(decoding: description.json, as: UTF8.self)] + rows).joined(separator: "\n"))
  }

  /// Lends the pixels of an image as they lie in the file.
  ///
  /// - Parameters:
  ///   - index: The number of the radiograph in ``radiographs``.
  ///   - body: Called once with the bytes, little-endian words at 16 bits.
  /// - Returns: What `body` returns.
  /// - Throws: What `body` throws.
  public func withBytes<Value, Failure: Error>(
    at index: Int, _ body: (RawSpan) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let (shard, offset) = offsets[index]
    let count = description.preparation.imageByteCount
    return try shards[shard].withBytes { bytes throws(Failure) in
      try body(bytes.extracting(offset..<offset + count))
    }
  }

  /// Copies an image out of the store.
  ///
  /// - Parameter index: The number of the radiograph in ``radiographs``.
  /// - Returns: The image.
  public func image(at index: Int) -> GrayImage {
    let preparation = description.preparation
    let pixels: GrayImage.Pixels = withBytes(at: index) { bytes in
      unsafe bytes.withUnsafeBytes { bytes in
        switch preparation.depth {
        case .eight: unsafe .bytes(ContiguousArray(bytes))
        case .sixteen: unsafe .words(ContiguousArray(bytes.assumingMemoryBound(to: UInt16.self)))
        }
      }
    }
    return GrayImage(
      width: preparation.side, height: preparation.side, pixels: pixels,
      bitDepth: preparation.depth.rawValue)
  }
}
