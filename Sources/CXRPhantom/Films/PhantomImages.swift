// SPDX-License-Identifier: Apache-2.0

/// How the pictures of a phantom are written.
///
///     PhantomImages(side: 256, threads: 4)
public struct PhantomImages: Hashable, Sendable {
  /// The shorter side of each picture, in pixels.
  public let side: Int
  /// The number of pictures that are drawn at the same time.
  public let threads: Int

  /// Describes the pictures.
  ///
  /// - Parameters:
  ///   - side: The shorter side in pixels, 64 to 4096; the other follows from the size that the
  ///     metadata give, and NIH's pictures are square.
  ///   - threads: The number of pictures that are drawn at the same time; the files do not depend
  ///     on it.
  /// - Precondition: `side` is within its range and `threads` is positive.
  public init(side: Int, threads: Int = 1) {
    precondition((64...4_096).contains(side), "a picture has 64 to 4,096 pixels")
    precondition(threads > 0, "at least one thread")
    self.side = side
    self.threads = threads
  }
}
