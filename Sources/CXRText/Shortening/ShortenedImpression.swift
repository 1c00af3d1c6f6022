// SPDX-License-Identifier: Apache-2.0

/// An impression made short enough for a prompt, and what that cost.
public struct ShortenedImpression: Hashable, Sendable {
  /// How a text became short enough, from the mildest to the harshest.
  public enum Method: String, CaseIterable, Codable, Sendable {
    /// It was short enough.
    case unchanged
    /// Whole sentences, or introductions to them, were left out.
    case sentences
    /// Findings were left out besides, or a sentence was cut off at the end of a clause.
    case cut
  }

  /// Why a piece was left out, in the order in which pieces go.
  public enum Reason: String, CaseIterable, Codable, Sendable {
    /// It is redaction and little else.
    case redacted
    /// It says who was told.
    case notification
    /// It recommends what to do next.
    case recommendation
    /// It names the studies compared with, or says only that nothing changed.
    case comparison
    /// It speaks of how the study was made.
    case technique
    /// It says that something is normal or absent.
    case normal
    /// It names no finding.
    case other
    /// There was no room for it.
    case end
  }

  /// A piece that was left out.
  public struct Removal: Hashable, Sendable {
    /// The piece, as it stood.
    public let text: String
    /// Why it was left out.
    public let reason: Reason
  }

  /// The text that is left, in one line.
  public let text: String
  /// What was left out, in the order of leaving.
  public let removed: [Removal]
  /// How the text became short enough.
  public let method: Method
  /// Whether the text keeps the limits; `false` only if one word alone exceeds them.
  public let fits: Bool
}
