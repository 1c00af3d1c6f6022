// SPDX-License-Identifier: Apache-2.0

/// The most prompts that a cell of attributes may have.
///
/// Radiographs take their turn in an order drawn from the seed, each with all its prompts. A prompt
/// stays if none of its cells is full. With ``Attribute/finding``, a prompt lies in one cell for
/// every positive finding of its radiograph; a radiograph without one has a cell of its own.
public struct PromptCap: Codable, Hashable, Sendable {
  /// What cells are made of.
  public enum Attribute: String, CaseIterable, Codable, Hashable, Sendable {
    /// The sex that the prompt asks for.
    case sex
    /// The race group that the prompt asks for.
    case race
    /// The age that the prompt asks for, by half-open bins from 0, 18, 40, 60 and 80 years.
    case age
    /// A positive finding of the radiograph.
    case finding
  }

  /// The most prompts of a cell, at least 1.
  public let count: Int
  /// What cells are made of, at least one attribute.
  public let attributes: [Attribute]

  /// Creates a cap.
  ///
  /// - Parameters:
  ///   - count: The most prompts of a cell, at least 1.
  ///   - attributes: What cells are made of, at least one attribute.
  public init(count: Int, attributes: [Attribute]) {
    self.count = count
    self.attributes = attributes
  }
}
