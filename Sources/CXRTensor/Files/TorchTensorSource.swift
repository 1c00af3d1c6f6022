// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

/// The storages of an archive, and the tensors that are views of them.
struct TorchTensorSource {
  private let file: MappedFile
  private let path: String
  /// What a storage's key follows in the name of its entry.
  private let prefix: String
  /// Where the entries lie, those that are compressed nowhere; `nil` while this is not yet known.
  private let ranges: [String: Range<Int>?]?
  /// The bytes that may still be copied.
  ///
  /// Memory stays in proportion to the file: strides of 0 let a small one describe a tensor of any
  /// size.
  private var copyableByteCount: Int

  /// Creates a source.
  ///
  /// - Parameters:
  ///   - file: The archive.
  ///   - path: How errors name the archive.
  ///   - prefix: What a storage's key follows in the name of its entry.
  ///   - ranges: Where the entries lie, `nil` for compressed ones; `nil` altogether for a run that
  ///     only finds out which storages there are, and gives empty tensors.
  init(file: MappedFile, path: String, prefix: String, ranges: [String: Range<Int>?]?) {
    self.file = file
    self.path = path
    self.prefix = prefix
    self.ranges = ranges
    copyableByteCount = file.count + 256 << 20
  }

  /// Finds a storage.
  ///
  /// - Parameters:
  ///   - key: Its name, such as `0`.
  ///   - scalarType: The type of its numbers, or `nil` for bytes.
  ///   - count: How many numbers it must have.
  /// - Returns: The storage.
  /// - Throws: `FileError` with code `.malformed`.
  func storage(
    _ key: String, of scalarType: ScalarType?, count: Int
  ) throws(FileError) -> TorchStorage {
    let entry = prefix + key
    let byteCount = (scalarType ?? .uint8).byteCount(ofShape: [count])
    guard let ranges else {
      guard let byteCount else {
        throw FileError(
          .malformed, "\(path): \(shown(entry)) cannot have \(count) numbers; download it again.")
      }
      return TorchStorage(entry: entry, scalarType: scalarType, range: 0..<byteCount)
    }
    guard let found = ranges[entry] else {
      throw FileError(
        .malformed,
        "\(path) lacks the entry \(shown(entry)), which a tensor needs; download it again.")
    }
    guard let range = found else {
      throw FileError(
        .malformed,
        "\(path): the entry \(shown(entry)) is compressed; PyTorch stores tensors as they are. Unpack "
          + "the archive and pack it again with zip -0.")
    }
    guard byteCount == range.count else {
      throw FileError(
        .malformed,
        "\(path): the entry \(shown(entry)) has \(range.count) bytes, which are not those of \(count) "
          + "numbers of \(scalarType?.rawValue ?? "one byte"); download it again.")
    }
    return TorchStorage(entry: entry, scalarType: scalarType, range: range)
  }

  /// Makes a tensor.
  ///
  /// - Parameters:
  ///   - storage: The storage that it is a view of.
  ///   - scalarType: The type of its numbers.
  ///   - offset: The number of the first value in the storage.
  ///   - shape: The lengths of the axes.
  ///   - strides: The steps along the axes, in numbers.
  /// - Returns: The tensor: in place if its values are contiguous, and else a copy.
  /// - Throws: `FileError` with code `.malformed` for a view that leaves its storage or that is too
  ///   large to copy.
  mutating func tensor(
    of storage: TorchStorage, as scalarType: ScalarType, offset: Int, shape: [Int], strides: [Int]
  ) throws(FileError) -> StoredTensor {
    guard let byteCount = scalarType.byteCount(ofShape: shape),
      let view = StridedView(offset: offset, shape: shape, strides: strides),
      view.end <= storage.range.count / scalarType.byteCount
    else {
      throw FileError(
        .malformed,
        "\(path): a tensor of shape \(shape) leaves its storage \(shown(storage.entry)); download it "
          + "again.")
    }
    guard ranges != nil else {
      return StoredTensor(
        name: storage.entry, scalarType: scalarType, shape: [0], path: path, bytes: .copied([]))
    }
    let bytes: TensorBytes
    if byteCount == 0 {
      bytes = .copied([])
    } else if view.isContiguous {
      let start = storage.range.lowerBound + offset * scalarType.byteCount
      bytes = .mapped(file, start..<start + byteCount)
    } else {
      guard byteCount <= copyableByteCount else {
        throw FileError(
          .malformed,
          "\(path): a tensor of shape \(shape) repeats the values of \(shown(storage.entry)) beyond "
            + "measure; save it in PyTorch with .clone() if you trust it.")
      }
      copyableByteCount -= byteCount
      bytes = .copied(
        file.withBytes { all in
          view.contiguousBytes(
            of: all.extracting(storage.range), elementByteCount: scalarType.byteCount)
        })
    }
    return StoredTensor(
      name: storage.entry, scalarType: scalarType, shape: shape, path: path, bytes: bytes)
  }
}
