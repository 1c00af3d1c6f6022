// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles
internal import CXRImage
internal import CXRTensor
public import CXRTraining

/// Images with the prompts that are to make them.
public struct PromptedImages: Sendable {
  /// The prompt of each image.
  public let prompts: [String]
  /// The numbers of the images in ``pixels``.
  public let pixelIndices: [Int]
  /// Where the images are read.
  public let pixels: any PixelSource

  /// Creates a list.
  ///
  /// - Parameters:
  ///   - prompts: The prompt of each image.
  ///   - pixelIndices: The numbers of the images in `pixels`, as many.
  ///   - pixels: Where the images are read.
  /// - Throws: `TrainingDataError` with code `.noImages` for an empty list.
  /// - Precondition: There are as many prompts as images.
  public init(
    prompts: [String], pixelIndices: [Int], pixels: any PixelSource
  ) throws(TrainingDataError) {
    precondition(prompts.count == pixelIndices.count, "a prompt for each image")
    guard !prompts.isEmpty else {
      throw TrainingDataError(.noImages, "No image is selected; choose others.")
    }
    self.prompts = prompts
    self.pixelIndices = pixelIndices
    self.pixels = pixels
  }

  /// The number of images.
  public var count: Int { prompts.count }

  /// A digest of the images and prompts in their order.
  ///
  /// - Complexity: O(characters of the prompts).
  public var digest: String {
    // The digest of a prompt has no line breaks, whatever the prompt has.
    FileDigest.sha256(
      of: ([pixelDigest] + prompts.map { FileDigest.sha256(of: $0) }).joined(separator: "\n"))
  }

  /// A digest of the images in their order, whatever their prompts are.
  var pixelDigest: String {
    FileDigest.sha256(
      of: ([pixels.contentDigest, "\(pixels.side)"] + pixelIndices.map(String.init))
        .joined(separator: "\n"))
  }

  /// An image as an autoencoder takes it: numbers from −1 to 1, `[1, channels, side, side]`.
  ///
  /// - Throws: `TrainingDataError` with code `.unreadableImage`; `TensorError` if memory is short.
  func picture(at position: Int, channels: Int) throws -> Tensor {
    let index = pixelIndices[position]
    do {
      let image = try pixels.image(at: index)
      let plane = Array(
        RangedImage<SignedUnitRange>(RangedImage<UnitRange>(image)).pixels)
      let picture = try Tensor(plane, shape: [1, 1, image.height, image.width])
      return try picture.expanded([1, channels, image.height, image.width]).contiguous()
    } catch let error as TensorError {
      throw error
    } catch {
      throw TrainingDataError(
        .unreadableImage, "\(pixels.place(of: index)) cannot be read; make the store anew.",
        cause: error)
    }
  }
}
