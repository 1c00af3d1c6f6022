// SPDX-License-Identifier: Apache-2.0

/// Who takes images to make, which ones, and for how long.
public struct GenerationClaim: Sendable {
  /// What identifies the process, such as its host, number and start.
  public var owner: String
  /// The part of the images that the process may take, from 0: those whose number in the run leaves
  /// this remainder.
  public var shard: Int
  /// The number of parts, at least 1.
  public var shardCount: Int
  /// The time now, in seconds since 1970.
  public var now: Int
  /// How long the claim holds unless it is renewed, in seconds.
  public var lease: Int
  /// The run that the process works on; `nil` for whichever run has the name.
  ///
  /// A claim is refused when another run has taken the place of its own.
  public var run: GenerationRunContent?

  /// Creates a claim.
  ///
  /// - Parameters:
  ///   - owner: What identifies the process.
  ///   - shard: The part of the images that it may take, from 0.
  ///   - shardCount: The number of parts, at least 1.
  ///   - now: The time now, in seconds since 1970.
  ///   - lease: How long the claim holds unless it is renewed, in seconds.
  ///   - run: The run that the process works on; `nil` for whichever has the name.
  /// - Precondition: The shard lies in 0 ..< `shardCount`.
  public init(
    owner: String, shard: Int = 0, shardCount: Int = 1, now: Int, lease: Int,
    run: GenerationRunContent? = nil
  ) {
    precondition(shardCount > 0 && (0..<shardCount).contains(shard), "a part of several")
    self.owner = owner
    self.shard = shard
    self.shardCount = shardCount
    self.now = now
    self.lease = lease
    self.run = run
  }

  /// Whether an image belongs to a part of a run.
  ///
  /// - Parameters:
  ///   - prompt: The prompt's position in the run, from 0.
  ///   - copy: The number of the image among those of its prompt, from 0.
  ///   - shard: The part, from 0.
  ///   - shardCount: The number of parts, at least 1.
  /// - Returns: Whether it does.
  public static func contains(prompt: Int, copy: Int, shard: Int, of shardCount: Int) -> Bool {
    (prompt + copy) % shardCount == shard
  }

  /// A condition that holds for the items of the shard, as ``contains(prompt:copy:shard:of:)`` tells.
  var sql: String { shardCount == 1 ? "TRUE" : "(prompt + copy) % \(shardCount) = \(shard)" }
}
