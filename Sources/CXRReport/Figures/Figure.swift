// SPDX-License-Identifier: Apache-2.0

/// A figure before it is drawn.
struct Figure: Hashable {
  /// The name of its file, without extension.
  let name: String
  /// The title.
  let title: String
  /// What the reader sees, in words.
  let caption: String
  /// The script that draws it.
  let script: String
}
