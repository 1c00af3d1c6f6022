// SPDX-License-Identifier: Apache-2.0
public import CXRFiles

/// A file that `torch.save` wrote: a zip archive of a pickle and the numbers of its tensors, or,
/// before PyTorch 1.6, pickles and numbers one after another.
///
///     let archive = try TorchArchive(path: "densenet121.pth")
///     try archive.stateDictionary()["features.conv0.weight"]?.shape  // [64, 3, 7, 7]
///     archive.root["epoch"]  // .integer(3)
///
/// Of the pickle only plain values, ordered dictionaries, tensors and parameters are understood.
/// Whatever else it names is refused by its name, and nothing of Python is ever run. Tensors stay
/// in the mapped file; those that are not contiguous are copied. Checksums are checked: a file that
/// was saved with `torch.serialization.set_crc32_options(False)` cannot be told from a damaged one.
///
/// - SeeAlso: <https://docs.pytorch.org/docs/stable/notes/serialization.html>.
public struct TorchArchive: Sendable {
  /// The path, as given.
  public let path: String
  /// What was saved.
  public let root: PickledValue

  /// The most bytes of the pickle; that of a model has a few hundred thousand.
  static let pickleByteLimit = 32 << 20

  /// Opens a file.
  ///
  /// - Parameter path: The path of the file.
  /// - Throws: `FileError` with code `.missing` or `.unreadable`; `.truncated` for an archive that
  ///   ends early; `.malformed` for one that is damaged, big-endian, or that needs more of
  ///   Python than is understood, naming it.
  /// - Complexity: O(bytes), for the checksums.
  public init(path: String) throws(FileError) {
    try self.init(mapping: MappedFile(path: path), path: path)
  }

  init(mapping file: MappedFile, path: String) throws(FileError) {
    self.path = path
    if LegacyTorchFile.isOne(file) {
      root = try LegacyTorchFile(mapping: file, path: path).root
      return
    }
    var pickles: [(path: String, bytes: [UInt8])] = []
    var ranges: [String: Range<Int>?] = [:]
    let reader = try ZipArchiveReader(
      mapping: file, path: path, entryByteLimit: Self.pickleByteLimit)
    while let entry = try reader.next() {
      let name = entry.path.split(separator: "/", maxSplits: 1).last.map(String.init) ?? ""
      if name == "data.pkl" {
        pickles.append((entry.path, try reader.contents()))
      } else if name == "byteorder" {
        guard try reader.contents() == Array("little".utf8) else {
          throw FileError(
            .malformed, "\(path) holds numbers with the highest byte first; \(Self.remedy)")
        }
      } else if name == "constants.pkl" {
        throw FileError(
          .malformed,
          "\(path) is a TorchScript program, not a file of weights; \(Self.scriptRemedy)")
      } else if name.hasPrefix("data/") {
        guard ranges[entry.path] == nil else {
          throw FileError(
            .malformed,
            "\(path) has the entry \(shown(entry.path)) twice; do not trust this file.")
        }
        ranges[entry.path] = .some(try reader.storedRange())
      }
    }
    guard let pickle = pickles.first, pickles.count == 1 else {
      throw FileError(
        .malformed,
        "\(path) is a zip archive with \(pickles.count) files data.pkl, where torch.save writes one; "
          + "name a file of weights.")
    }
    let source = TorchTensorSource(
      file: file, path: path, prefix: "\(pickle.path.dropLast(".pkl".count))/", ranges: ranges)
    var unpickler = Unpickler(pickle.bytes, source: source)
    do {
      root = try unpickler.run()
    } catch {
      throw Self.refusal(error, path: path)
    }
  }

  /// Finds the tensors of a model: those of the dictionary under `state_dict`, `model_state_dict` or
  /// `model`, or of the outermost one.
  ///
  /// - Returns: The tensors by their keys. Values that are no tensors are left out; ``root`` has
  ///   them.
  /// - Throws: `FileError` with code `.malformed` if there is no such dictionary with a tensor.
  public func stateDictionary() throws(FileError) -> StoredTensors {
    let places = ["state_dict", "model_state_dict", "model"].map { root[$0] } + [root]
    for case .dictionary(let members)? in places {
      // As in Python, the last of two values under the same key counts.
      var tensors: [String: StoredTensor] = [:]
      for member in members {
        guard case .text(let key) = member.key else { continue }
        if case .tensor(let tensor) = member.value {
          tensors[key] = tensor.renamed(key)
        } else {
          tensors[key] = nil
        }
      }
      if !tensors.isEmpty { return StoredTensors(tensors.values) }
    }
    var found = root.kind
    if case .dictionary(let members) = root {
      let keys = members.compactMap { if case .text(let key) = $0.key { shown(key) } else { nil } }
      found += " with the keys \(keys.prefix(10).joined(separator: ", "))"
    }
    throw FileError(
      .malformed,
      "\(path) holds \(found), and no tensors under state_dict, model_state_dict, model or in the "
        + "outermost dictionary; save model.state_dict().")
  }
}
