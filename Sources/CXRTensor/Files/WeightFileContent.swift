// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

/// What the first bytes of a file say that it is.
enum WeightFileContent {
  /// A format that is read.
  case format(WeightFile.Format)
  /// Something else, and what to do about it.
  case other(what: String, remedy: String)

  /// Looks at a file.
  ///
  /// - Parameter file: The file.
  init(of file: MappedFile) {
    let start = file.withBytes { bytes in
      unsafe bytes.withUnsafeBytes { unsafe Array($0.prefix(256)) }
    }
    func begins(with text: String) -> Bool { start.starts(with: text.utf8) }
    let length = start.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    self =
      if begins(with: "PK") || LegacyTorchFile.isOne(file) {
        .format(.torch)
      } else if start.starts(with: [0x93] + Array("NUMPY".utf8)) {
        .format(.numPy)
      } else if start.count > 8, start[8] == UInt8(ascii: "{"), length <= UInt64(Int32.max) {
        // The length of a header is 8 bytes of which the upper ones are zero, which no text has.
        .format(.safetensors)
      } else if start.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "{")
      {
        .format(.sharded)
      } else if start.isEmpty {
        .other(what: "is empty", remedy: "download or copy it again.")
      } else if begins(with: "version https://git-lfs") {
        .other(
          what: "is a pointer of Git LFS, not the file itself",
          remedy: "run git lfs pull in its folder.")
      } else if begins(with: "<") {
        .other(
          what: "is a web page",
          remedy: "download the file itself, and log in where that is needed.")
      } else if start.starts(with: [0x89] + Array("HDF".utf8)) {
        .other(what: "is HDF5", remedy: "convert it to safetensors.")
      } else if begins(with: "GGUF") {
        .other(what: "is GGUF", remedy: "name the safetensors file that it was made from.")
      } else if start[0] == 0x80, start.count > 1, (2...5).contains(start[1]) {
        .other(what: "is a pickle that torch.save did not write", remedy: TorchArchive.remedy)
      } else {
        .other(
          what: "is no file of weights",
          remedy: "name safetensors, an index of its shards, a file of torch.save, or .npy.")
      }
  }
}
