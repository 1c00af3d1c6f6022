// SPDX-License-Identifier: Apache-2.0

/// How a run starts.
public enum RunStart: Sendable {
  /// Anew, in an empty folder.
  case begin
  /// From the last checkpoint of the same run.
  case resume
}
