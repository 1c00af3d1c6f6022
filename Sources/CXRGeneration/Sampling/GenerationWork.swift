// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
public import Foundation

/// How a process does its part of a run; nothing of it changes an image or the log.
public struct GenerationWork: Sendable {
  /// The images that are made at the same time, at least 1.
  public var batchSize = 1
  /// The part of the images that the process makes, from 0.
  public var shard = 0
  /// The number of parts, at least 1.
  public var shardCount = 1
  /// The most images that the process decides on, at least 1; `nil` for all.
  public var limit: Int?
  /// How long others leave claimed images to this process without hearing of it, in seconds; longer
  /// than a step of the generator takes, or judging a batch.
  public var leaseSeconds = 1800
  /// What identifies the process among those that work on the catalog.
  public var owner = "\(ProcessIdentity.current())/\(UUID().uuidString)"
  /// The time.
  public var now: @Sendable () -> Date = { .now }

  /// Creates work of one image at a time, on all images.
  public init() {}

  /// Counts the images of the process's part.
  ///
  /// - Parameter copies: How many images each prompt gets.
  /// - Returns: The number; a ``limit`` is not looked at.
  /// - Complexity: O(number of images).
  public func imageCount(ofCopies copies: [Int]) -> Int {
    var count = 0
    for (prompt, copies) in copies.enumerated() {
      for copy in 0..<copies
      where GenerationClaim.contains(prompt: prompt, copy: copy, shard: shard, of: shardCount) {
        count += 1
      }
    }
    return count
  }

  /// Checks the numbers.
  ///
  /// - Throws: ``GenerationError`` with code `.invalidSetting`.
  func validate() throws(GenerationError) {
    guard limit ?? 1 > 0 else {
      throw GenerationError(.invalidSetting, "A process makes 1 image at least.")
    }
    guard batchSize > 0, leaseSeconds > 0, shardCount > 0, (0..<shardCount).contains(shard) else {
      throw GenerationError(
        .invalidSetting,
        "A batch has at least 1 image, and a shard is one of at least 1, counted from 0; found batch "
          + "\(batchSize), shard \(shard) of \(shardCount).")
    }
  }
}
