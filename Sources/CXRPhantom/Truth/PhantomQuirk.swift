// SPDX-License-Identifier: Apache-2.0

/// An oddity of a dataset's official files that the phantom repeats, and how often it did.
public struct PhantomQuirk: Codable, Hashable, Sendable {
  /// A word for the quirk, unique within its dataset, such as `viewPositionBlank`.
  public let name: String
  /// What the quirk is, in one line.
  public let summary: String
  /// How many records, or files, have it.
  public let count: Int
}
