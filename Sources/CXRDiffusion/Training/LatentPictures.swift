// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import CXRTensor
internal import Foundation

/// The distributions of latent pictures of a list of images, encoded once.
///
/// Images are encoded one by one, so that what each becomes does not depend on the others.
struct LatentPictures {
  /// Means and logarithms of variances, joined along the channels, on the processor.
  private let moments: [Tensor]

  /// Encodes images, or reads what was encoded before.
  ///
  /// - Parameters:
  ///   - images: The images.
  ///   - network: The autoencoder.
  ///   - device: Where it lies.
  ///   - folder: Where a file of latent pictures is kept, under a name that says what they are of;
  ///     `nil` for nowhere.
  ///   - report: Called after each image that is encoded.
  /// - Throws: `TrainingDataError` with code `.unreadableImage`; `TensorError`; `FileError`;
  ///   `CancellationError`.
  init(
    _ images: PromptedImages, _ network: DiffusionNetwork<Autoencoder>, on device: Device,
    keptIn folder: String?, report: (Int) -> Void = { _ in }
  ) throws {
    let path = try folder.map { folder in
      let key = FileDigest.sha256(of: try "\(images.pixelDigest) \(network.state.digest())")
      return "\(folder)/latents-\(key.prefix(16)).safetensors"
    }
    if let path, FileManager.default.fileExists(atPath: path) {
      let stored = try WeightFile(path: path).tensors.tensor(named: Self.name)
      moments = try Self.rows(Tensor(stored), images.count, path)
      return
    }
    var moments: [Tensor] = []
    for position in 0..<images.count {
      try Task.checkCancellation()
      let picture = try images.picture(
        at: position, channels: network.configuration.inputChannels)
      moments.append(
        try withoutGradients {
          let latent = try network.module.encode(picture.converted(on: device))
          return try Tensor.joined([latent.mean, latent.logVariance], along: 1).converted(on: .cpu)
        })
      report(position + 1)
    }
    self.moments = moments
    if let path {
      try SafetensorsFile.write(
        [Tensor.joined(moments, along: 0).stored(named: Self.name)], to: path)
    }
  }

  /// Draws latent pictures.
  ///
  /// - Parameters:
  ///   - positions: The positions of the images in the list, at least one.
  ///   - seeds: Decide over what is drawn, one for each.
  ///   - device: Where the latent pictures are to lie.
  /// - Returns: `[positions, channels, rows, columns]`, not yet scaled.
  /// - Throws: `TensorError` if memory is short.
  func sample(
    _ positions: [Int], seeds: [UInt64], on device: Device
  ) throws(TensorError) -> Tensor {
    let joined = try Tensor.joined(positions.map { moments[$0] }, along: 0)
    let latent = try LatentDistribution(moments: joined.converted(on: device))
    return try latent.sample(noise: ImageNoise(seeds: seeds, on: device).normal(latent.mean.shape))
  }

  private static func rows(_ all: Tensor, _ count: Int, _ path: String) throws -> [Tensor] {
    guard all.shape.first == count else {
      throw FileError(
        .malformed, "\(path) has latent pictures of other images; delete it.")
    }
    return try (0..<count).map { try all.slice($0..<$0 + 1) }
  }

  private static let name = "moments"
}

extension StateDictionary {
  /// A digest of the names and numbers.
  ///
  /// - Complexity: O(bytes).
  func digest() throws(TensorError) -> String {
    var lines: [String] = []
    for entry in entries {
      let stored = try entry.tensor.stored(named: entry.name)
      let digest = unsafe stored.withUnsafeBytes { bytes in unsafe FileDigest.sha256(of: bytes) }
      lines.append("\(entry.name) \(digest)")
    }
    return FileDigest.sha256(of: lines.joined(separator: "\n"))
  }
}
