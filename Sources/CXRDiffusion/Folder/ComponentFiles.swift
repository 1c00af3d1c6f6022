// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import Foundation

/// The names of the folder and the files of one network of a model.
public struct ComponentFiles: Hashable, Sendable {
  /// The name of the folder, and of the entry in `model_index.json`.
  public let folder: String
  /// The Python library whose class the network is.
  public let library: String
  /// The name of that class.
  public let className: String

  /// The name of a file of weights without what follows the first dot.
  var safetensorsStem: String {
    library == "transformers" ? "model" : "diffusion_pytorch_model"
  }

  /// The same for files of `torch.save`.
  private var archiveStem: String {
    library == "transformers" ? "pytorch_model" : "diffusion_pytorch_model"
  }

  /// Finds the weights in a folder.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - variant: The variant that is wanted, such as `fp16`; where it is not there, the files
  ///     without a variant are taken.
  /// - Returns: The name of the file, or of the index of shards.
  /// - Throws: `FileError` with code `.missing` that says what there is instead.
  func weightFileName(in folder: String, variant: String?) throws(FileError) -> String {
    let candidates = (variant.map { names(variant: $0) } ?? []) + names(variant: nil)
    let manager = FileManager.default
    if let name = candidates.first(where: { manager.fileExists(atPath: "\(folder)/\($0)") }) {
      return name
    }
    let present = ((try? manager.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    let variants = Set(present.compactMap(self.variant)).sorted()
    let remedy =
      variants.isEmpty
      ? "download the weights of the whole model"
      : "name the variant \(variants.joined(separator: " or "))"
    throw FileError(
      .missing, "\(folder) has no weights, such as \(names(variant: nil)[0]); \(remedy).")
  }

  /// The names that weights may have, the preferred ones first.
  private func names(variant: String?) -> [String] {
    let part = variant.map { ".\($0)" } ?? ""
    return [
      "\(safetensorsStem)\(part).safetensors", "\(safetensorsStem).safetensors.index\(part).json",
      "\(archiveStem)\(part).bin", "\(archiveStem).bin.index\(part).json",
    ]
  }

  /// The variant that a file name speaks of.
  private func variant(of name: String) -> String? {
    let parts = name.split(separator: ".").map(String.init)
    guard parts.first == safetensorsStem || parts.first == archiveStem else { return nil }
    return switch parts.dropFirst() {
    case let rest where rest.count == 2 && ["safetensors", "bin"].contains(rest.last): parts[1]
    case let rest where rest.count == 4 && parts[2] == "index": parts[3]
    default: nil
    }
  }
}
