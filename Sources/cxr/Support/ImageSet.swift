// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRGeneration
import CXRImage

/// Images that are looked at by number, whatever they were read from.
struct ImageSet: Sendable {
  /// What identifies the pixels of each.
  let digests: [String]
  /// Reads an image, from any thread.
  let image: @Sendable (Int) throws -> GrayImage

  /// The number of images.
  var count: Int { digests.count }

  /// Some radiographs of a store.
  ///
  /// - Parameters:
  ///   - indices: Their numbers in the store.
  ///   - store: The store.
  init(_ indices: [Int], of store: ImageStore) {
    let preparation = store.description.preparation
    digests = indices.map { index in
      let radiograph = store.radiographs[index]
      return "\(radiograph.source?.sha256 ?? radiograph.imageName) \(preparation)"
    }
    image = { store.image(at: indices[$0]) }
  }

  /// The images of a run, prepared as those of a store.
  ///
  /// - Parameters:
  ///   - checkpoint: The run.
  ///   - preparation: What becomes of an image.
  init(_ checkpoint: ScoringPlan.Checkpoint, preparedBy preparation: StorePreparation) {
    digests = checkpoint.digests.map { "\($0) \(preparation)" }
    image = { index in
      try preparation(Self.read(checkpoint.paths[index], digest: checkpoint.digests[index]))
    }
  }

  /// Files as they are.
  ///
  /// - Parameters:
  ///   - paths: The files.
  ///   - limits: How much a file may ask for.
  init(paths: [String], limits: ImageLimits) {
    digests = paths
    image = { try GrayImage(contentsOf: paths[$0], limits: limits) }
  }

  private static func read(_ path: String, digest: String) throws -> GrayImage {
    guard try FileDigest(path: path).sha256 == digest else {
      throw FileError(
        .malformed,
        "\(path) is not the image that its run logged; restore it, or sample the run again.")
    }
    return try GrayImage(contentsOf: path)
  }
}
