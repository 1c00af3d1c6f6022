// SPDX-License-Identifier: Apache-2.0

/// One attempt at an image: how it ended, and why.
public struct GenerationAttempt: Codable, Hashable, Sendable {
  /// How an attempt ended.
  public enum Outcome: String, CaseIterable, Codable, Sendable {
    /// No check failed.
    case accepted
    /// A check failed.
    case rejected
    /// There was no image to check.
    case unusable
  }

  /// The prompt's position in the run, from 0.
  public let prompt: Int
  /// The number of the image among those of its prompt, from 0.
  public let copy: Int
  /// The number of the attempt, from 1.
  public let attempt: Int
  /// The seed that the image was made from, below 2⁶³.
  public let seed: UInt64
  /// How the attempt ended.
  public let outcome: Outcome
  /// The name of what went wrong with the image itself, such as `black`.
  public let failure: String?
  /// The path of the image's file below the folder of the run, if it was kept.
  public let relativePath: String?
  /// The SHA-256 of that file, 64 hexadecimal digits.
  public let fileSHA256: String?
  /// The width of the image in pixels, if there is one.
  public let widthPixels: Int?
  /// The height of the image in pixels, if there is one.
  public let heightPixels: Int?
  /// What each check found, in the order of the checks' names.
  public let verdicts: [GenerationVerdict]

  /// Creates an attempt.
  ///
  /// - Parameters:
  ///   - prompt: The prompt's position in the run, from 0.
  ///   - copy: The number of the image among those of its prompt, from 0.
  ///   - attempt: The number of the attempt, from 1.
  ///   - seed: The seed that the image was made from, below 2⁶³.
  ///   - outcome: How the attempt ended.
  ///   - failure: The name of what went wrong with the image itself.
  ///   - relativePath: The path of the image's file below the folder of the run, if it was kept.
  ///   - fileSHA256: The SHA-256 of that file.
  ///   - widthPixels: The width of the image in pixels, if there is one.
  ///   - heightPixels: The height of the image in pixels, if there is one.
  ///   - verdicts: What each check found, one for each check.
  public init(
    prompt: Int, copy: Int, attempt: Int, seed: UInt64, outcome: Outcome, failure: String? = nil,
    relativePath: String? = nil, fileSHA256: String? = nil, widthPixels: Int? = nil,
    heightPixels: Int? = nil, verdicts: [GenerationVerdict] = []
  ) {
    self.prompt = prompt
    self.copy = copy
    self.attempt = attempt
    self.seed = seed
    self.outcome = outcome
    self.failure = failure
    self.relativePath = relativePath
    self.fileSHA256 = fileSHA256
    self.widthPixels = widthPixels
    self.heightPixels = heightPixels
    // Precomposed names sort in the order that SQLite gives them back.
    self.verdicts = verdicts.sorted {
      $0.predicate.utf8.lexicographicallyPrecedes($1.predicate.utf8)
    }
  }
}
