// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import CXRTensor
internal import Foundation

/// The distributions of latent pictures of a list of images, encoded once into files.
///
/// The files are mapped, so that memory holds what is in use, however many images there are. Images
/// are encoded one by one, so that what each becomes does not depend on the others.
struct LatentPictures {
  /// Means and logarithms of variances, joined along the channels, of ``partSize`` images each.
  private let parts: [StoredTensor]

  /// Encodes images, or finds what was encoded before; several ranks share the work.
  ///
  /// - Parameters:
  ///   - images: The images.
  ///   - network: The autoencoder.
  ///   - device: Where it lies.
  ///   - folder: Where files of latent pictures are kept, in a folder whose name says what they are
  ///     of; it is made. What was encoded before an interruption is kept.
  ///   - ranks: The ranks that share the work.
  ///   - isToStop: Whether the work is to be broken off, asked of each rank.
  ///   - report: Called after each image that this rank encodes, with their number and how many there
  ///     are to be.
  /// - Throws: `TrainingDataError` with code `.unreadableImage`; `TensorError`; `FileError`;
  ///   `CancellationError`.
  init(
    _ images: PromptedImages, _ network: DiffusionNetwork<Autoencoder>, on device: Device,
    keptIn folder: String, ranks: RankGroup = .alone, isToStop: () -> Bool = { false },
    report: (Int, Int) -> Void = { _, _ in }
  ) throws {
    let key = FileDigest.sha256(of: try "\(images.pixelDigest) \(network.state.digest())")
    let folder = "\(folder)/latents-\(key.prefix(16))"
    let ranges = stride(from: 0, to: images.count, by: Self.partSize).map {
      $0..<min($0 + Self.partSize, images.count)
    }
    let paths = ranges.indices.map { part in
      let digits = String(part)
      return "\(folder)/\(String(repeating: "0", count: max(0, 5 - digits.count)))\(digits)"
        + ".safetensors"
    }
    try Self.make(folder)
    let missing = ranges.indices.filter { part in
      part % ranks.count == ranks.rank && !FileManager.default.fileExists(atPath: paths[part])
    }
    let total = missing.reduce(0) { $0 + ranges[$1].count }
    var encoded = 0
    // As many rounds in all ranks, which stop together.
    let rounds = (ranges.count + ranks.count - 1) / ranks.count
    for round in 0..<rounds {
      try Task.checkCancellation()
      if try ranks.any(isToStop()) { throw CancellationError() }
      guard round < missing.count else { continue }
      var moments: [Tensor] = []
      for position in ranges[missing[round]] {
        try Task.checkCancellation()
        moments.append(try Self.moments(of: images, at: position, network, on: device))
        encoded += 1
        report(encoded, total)
      }
      try SafetensorsFile.write(
        [Tensor.joined(moments, along: 0).stored(named: Self.name)], to: paths[missing[round]])
    }
    try ranks.wait()
    parts = try zip(ranges, paths).map { range, path in
      let stored = try WeightFile(path: path).tensors.tensor(named: Self.name)
      guard stored.shape.count == 4, stored.shape[0] == range.count,
        stored.scalarType == .float32
      else {
        throw FileError(.malformed, "\(path) has latent pictures of other images; delete it.")
      }
      return stored
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
    var values: [Float] = []
    for position in positions { append(position, to: &values) }
    let joined = try Tensor(values, shape: [positions.count] + parts[0].shape.dropFirst())
    let latent = try LatentDistribution(moments: joined.converted(on: device))
    return try latent.sample(noise: ImageNoise(seeds: seeds, on: device).normal(latent.mean.shape))
  }

  /// Copies the moments of an image.
  private func append(_ position: Int, to values: inout [Float]) {
    let part = parts[position / Self.partSize]
    let count = part.scalarCount / part.shape[0]
    let start = position % Self.partSize * count * MemoryLayout<Float>.size
    part.withBytes { bytes in
      for index in 0..<count {
        values.append(
          unsafe bytes.unsafeLoadUnaligned(
            fromByteOffset: start + index * MemoryLayout<Float>.size, as: Float.self))
      }
    }
  }

  private static func moments(
    of images: PromptedImages, at position: Int, _ network: DiffusionNetwork<Autoencoder>,
    on device: Device
  ) throws -> Tensor {
    let picture = try images.picture(
      at: position, channels: network.configuration.inputChannels)
    return try withoutGradients {
      let latent = try network.module.encode(picture.converted(on: device))
      return try Tensor.joined([latent.mean, latent.logVariance], along: 1).converted(on: .cpu)
    }
  }

  private static func make(_ folder: String) throws(FileError) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw FileError(
        .unwritable, "\(folder) cannot be made; check the folder above it and its permissions.",
        cause: error)
    }
  }

  /// The images of a file: with Stable Diffusion at 512 pixels it has 33 MB.
  static let partSize = 256
  private static let name = "moments"
}
