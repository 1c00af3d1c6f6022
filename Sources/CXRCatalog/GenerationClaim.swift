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
  /// The run that the process works on; it is refused if another one has taken its place. `nil` for
  /// whichever run has the name.
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

  /// A condition that holds for the items of the shard.
  var sql: String { shardCount == 1 ? "TRUE" : "(prompt + copy) % \(shardCount) = \(shard)" }
}
