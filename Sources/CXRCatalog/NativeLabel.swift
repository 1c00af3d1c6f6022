// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// One of a dataset's own labels.
public struct NativeLabel: Codable, Hashable, Sendable {
  /// The name as the dataset spells it.
  public let name: String
  /// The finding that the label counts towards, if any.
  public let finding: Finding?

  /// Creates a label.
  ///
  /// - Parameters:
  ///   - name: The name as the dataset spells it.
  ///   - finding: The finding that the label counts towards, if any.
  public init(name: String, finding: Finding?) {
    self.name = name
    self.finding = finding
  }

  /// The name under which scores for the label are stored: the finding's, where the label is that
  /// finding under another spelling.
  public var scoreName: String { Finding(name: name)?.name ?? name }
}
