// SPDX-License-Identifier: Apache-2.0

/// The version of the toolchain.
public enum Version {
  /// The version that `cxr --version` prints and that every document records.
  public static let current = "0.1.0"
}
