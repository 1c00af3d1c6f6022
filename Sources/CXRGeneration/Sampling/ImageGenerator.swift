// SPDX-License-Identifier: Apache-2.0

/// Makes images from prompts.
///
/// An image depends on its request alone: not on the other requests of the batch, on their number,
/// on what was made before, or on the process. Everything that a run promises rests on that.
public protocol ImageGenerator {
  /// What identifies the model and its settings.
  var identity: ModelIdentity { get }

  /// Makes images.
  ///
  /// - Parameters:
  ///   - requests: What each is made from; together they make one batch.
  ///   - isWorking: Called every now and then while images are made, such as after each step of a
  ///     sampler; what it throws ends the work.
  /// - Returns: An image for each request, in order; a request that comes to numbers that are not
  ///   finite gives a failure, not an error.
  /// - Throws: What stops the whole run, such as a lack of memory.
  func images(
    for requests: [ImageRequest], isWorking: () throws -> Void
  ) throws -> [GeneratedImage]
}
