// SPDX-License-Identifier: Apache-2.0
public import CXRFiles
internal import CXRTensor
internal import Foundation

extension DiffusionFolder {
  /// What identifies the model: the SHA-256 over the digests of the files that are read.
  ///
  /// - Throws: `FileError` if one cannot be read.
  /// - Complexity: O(bytes); some ten seconds for Stable Diffusion 2.
  public func digest() throws(FileError) -> String {
    var paths: [String] = []
    for (folder, files) in [
      ("\(path)/\(UNet.files.folder)", UNet.files),
      ("\(path)/\(Autoencoder.files.folder)", Autoencoder.files),
      (textEncoderPath, TextEncoder.files),
    ] {
      let name = try files.weightFileName(in: folder, variant: variant)
      let weights = "\(folder)/\(name)"
      paths += ["\(folder)/config.json", weights]
      if name.contains(".index.") {
        paths += try ShardedCheckpoint(path: weights).shardNames.map { "\(folder)/\($0)" }
      }
    }
    paths += CompanionFiles.tokenizerNames.map { "\(tokenizerPath)/\($0)" }
      .filter(FileManager.default.fileExists(atPath:))
    paths.append(schedulerPath)
    var lines = ""
    for file in paths { lines += try FileDigest(path: file).sha256 + "\n" }
    return FileDigest.sha256(of: lines)
  }
}
