// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import CXRImage
internal import CXRTensor
internal import CXRText
internal import Foundation

/// Images that are made while a model learns, always from the same prompts and the same noise.
///
/// They are for looking at. What is made is not part of what a run is a function of.
public struct ProgressPictures: Hashable, Sendable {
  /// The prompts, one for each image.
  public var prompts: [String]
  /// The steps after which images are made, at least 1; they are also made after the last one.
  public var interval = 500
  /// Decides over the noise.
  public var seed: UInt64 = 0
  /// How images are made.
  public var sampling: SamplingOptions

  /// Makes images of prompts every 500 steps, in 25 steps with guidance 4.
  ///
  /// - Precondition: There is a prompt.
  public init(prompts: [String]) {
    precondition(!prompts.isEmpty, "a prompt for each image")
    self.prompts = prompts
    sampling = SamplingOptions()
    sampling.steps = 25
    sampling.guidance = Guidance(scale: 4)
    sampling.batchSize = prompts.count
  }

  /// What makes the images of a model that learns.
  ///
  /// - Throws: As ``TextToImage`` does.
  func maker(
    _ model: DiffusionModel, _ base: DiffusionFolder, on device: Device
  ) throws
    -> TextToImage
  {
    try TextToImage(
      model, tokenizer: CLIPTokenizer(folder: base.tokenizerPath),
      sampler: SamplerConfiguration(file: base.schedulerPath, as: sampling.sampler), sampling,
      on: device)
  }

  /// Makes the images and writes them as one page, each above its prompt.
  ///
  /// - Parameters:
  ///   - maker: What makes them, new for each page, because it keeps what prompts were encoded as.
  ///   - path: The PNG file; its folder is made.
  /// - Returns: How many of the images could not be made, as their numbers were none.
  /// - Throws: `TensorError`; `ImageError`; `FileError`.
  func write(by maker: TextToImage, to path: String) throws -> Int {
    let seeds = prompts.indices.map { seed &+ UInt64($0) }
    let pictures = try maker.images(for: prompts, seeds: seeds)
    // Small images are enlarged, or their prompts could not be read.
    let side = max(maker.size.width, maker.size.height)
    let scale = max(1, 128 / side)
    var sheet = ContactSheet(columns: min(4, prompts.count), side: side * scale)
    var missing = 0
    for (prompt, picture) in zip(prompts, pictures) {
      if picture.image == nil { missing += 1 }
      let blank = GrayImage(
        width: side, height: side, pixels: .bytes(.init(repeating: 0, count: side * side)),
        bitDepth: 8)
      try sheet.append(
        picture.image ?? blank, caption: [picture.image == nil ? "no image" : prompt])
    }
    do {
      try FileManager.default.createDirectory(
        at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
    } catch {
      throw FileError(
        .unwritable, "The folder of \(path) cannot be made; check its permissions.", cause: error)
    }
    try sheet.image().writePNG(to: path)
    return missing
  }
}
