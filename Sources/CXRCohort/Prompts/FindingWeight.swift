// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// How many copies of its prompts a radiograph with a finding gets, on average.
///
/// A weight of 2 doubles them, 0.5 keeps half of the radiographs, 1 changes nothing. The whole part
/// of the weight is certain, the rest is drawn. A radiograph with several weighted findings takes
/// the largest weight; only positive findings count.
public struct FindingWeight: Codable, Hashable, Sendable {
  /// The finding.
  public let finding: Finding
  /// The expected number of copies, finite and not negative.
  public let copies: Double

  /// Creates a weight.
  ///
  /// - Parameters:
  ///   - finding: The finding.
  ///   - copies: The expected number of copies, from 0 to 1000.
  public init(_ finding: Finding, copies: Double) {
    self.finding = finding
    self.copies = copies
  }
}
