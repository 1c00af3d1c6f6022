// SPDX-License-Identifier: Apache-2.0

/// The roles that tokens have, in the order in which they are registered.
enum SpecialToken: CaseIterable {
  case start, end, unknown, pad

  /// The token of a role where no file names one.
  var standard: String { self == .start ? "<|startoftext|>" : "<|endoftext|>" }
}
