// SPDX-License-Identifier: Apache-2.0

/// What to do when a name is taken by other content.
public enum ConflictPolicy: String, Codable, CaseIterable, Sendable {
  /// Refuse, and leave what is there.
  case refuse
  /// Replace what is there.
  case replace
}
