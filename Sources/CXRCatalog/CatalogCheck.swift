// SPDX-License-Identifier: Apache-2.0

/// One check of a catalog and how it came out.
public struct CatalogCheck: Codable, Hashable, Sendable {
  /// What was checked.
  public let name: String
  /// What is wrong; empty when the check passed.
  public let problems: [String]

  /// Whether nothing is wrong.
  public var isPassed: Bool { problems.isEmpty }
}
