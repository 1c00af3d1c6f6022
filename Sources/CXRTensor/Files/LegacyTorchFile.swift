// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

/// A file that `torch.save` wrote before PyTorch 1.6, as many published weights are: a magic number,
/// a version, facts about the machine, what was saved and the keys of its storages, each a pickle,
/// and then the numbers of the storages.
///
/// What was saved names storages whose places follow from keys behind it, so it is run twice: once
/// to learn which storages there are, and once to make tensors.
struct LegacyTorchFile {
  /// What was saved.
  let root: PickledValue

  /// The first bytes: the pickled magic number.
  private static let start: [UInt8] = [
    0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19,
  ]
  private static let prefix = "storage "

  /// Whether the first bytes of a file say that it is one.
  ///
  /// - Parameter file: The file.
  /// - Returns: Whether they are the magic number.
  static func isOne(_ file: MappedFile) -> Bool {
    file.withBytes { bytes in
      unsafe bytes.withUnsafeBytes { unsafe $0.starts(with: start) }
    }
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - path: How errors name it.
  /// - Throws: `FileError` with code `.truncated` if it ends early; `.malformed` if it is damaged,
  ///   big-endian, or needs more of Python than is understood.
  /// - Complexity: O(pickles).
  init(mapping file: MappedFile, path: String) throws(FileError) {
    let bytes = file.withBytes { bytes in
      unsafe bytes.withUnsafeBytes { unsafe Array($0.prefix(TorchArchive.pickleByteLimit)) }
    }
    let unplaced = TorchTensorSource(file: file, path: path, prefix: Self.prefix, ranges: nil)
    var position = 0
    /// Runs the next pickle.
    func run(_ source: TorchTensorSource) throws(FileError) -> (PickledValue, [TorchStorage]) {
      var unpickler = Unpickler(bytes, from: position, source: source)
      do {
        let value = try unpickler.run()
        position = unpickler.reader.position
        return (value, unpickler.heap.storages)
      } catch {
        throw TorchArchive.refusal(error, path: path, entry: "its pickle")
      }
    }
    _ = try run(unplaced)
    guard case .integer(1001) = try run(unplaced).0 else {
      throw FileError(
        .malformed, "\(path) has a version of torch.save that is unknown; \(TorchArchive.remedy)")
    }
    guard case .bool(true) = try run(unplaced).0["little_endian"] else {
      throw FileError(
        .malformed,
        "\(path) holds numbers with the highest byte first; \(TorchArchive.remedy)")
    }
    let objectPosition = position
    let storages = try run(unplaced).1
    let ranges = try Self.ranges(
      of: storages, keys: run(unplaced).0, from: position, in: file, path: path)
    position = objectPosition
    root = try run(
      TorchTensorSource(file: file, path: path, prefix: Self.prefix, ranges: ranges)
    ).0
  }

  /// Where the numbers of the storages lie: in the order of the keys, each behind its count.
  private static func ranges(
    of storages: [TorchStorage], keys: PickledValue, from start: Int, in file: MappedFile,
    path: String
  ) throws(FileError) -> [String: Range<Int>?] {
    let lengths = Dictionary(
      storages.map { ($0.entry, $0.range.count) }, uniquingKeysWith: { first, _ in first })
    guard case .list(let keys) = keys else {
      throw FileError(
        .malformed, "\(path) lacks the keys of its storages; download or copy it again.")
    }
    var ranges: [String: Range<Int>?] = [:]
    var position = start
    for key in keys {
      guard case .text(let key) = key, let length = lengths[prefix + key],
        ranges[prefix + key] == nil
      else {
        throw FileError(
          .malformed,
          "\(path) has a storage that no tensor needs, or one twice; download or copy it again.")
      }
      // The count of 8 bytes is checked by the type that the tensor's storage has.
      let end = position + 8 + length
      guard end <= file.count else {
        throw FileError(
          .truncated, "\(path) ends within \(shown(prefix + key)); download or copy it again.")
      }
      ranges[prefix + key] = .some(position + 8..<end)
      position = end
    }
    guard position == file.count else {
      throw FileError(
        .malformed,
        "\(path) has \(file.count - position) bytes behind its last storage; download or copy it "
          + "again.")
    }
    return ranges
  }
}
