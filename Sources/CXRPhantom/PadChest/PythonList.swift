// SPDX-License-Identifier: Apache-2.0

/// Lists as Python and NumPy print them into a cell.
enum PythonList {
  /// Such as `['pleural effusion', 'cardiomegaly']`.
  static func text(_ items: [String]) -> String {
    "[" + items.map { "'\($0)'" }.joined(separator: ", ") + "]"
  }

  /// Such as `[['cardiomegaly', 'loc cardiac'], ['normal']]`.
  static func text(_ lists: [[String]]) -> String {
    "[" + lists.map(text).joined(separator: ", ") + "]"
  }

  /// A NumPy array, such as `['C0018800' 'C2073625']`, with a new line before every sixth item.
  static func wrapped(_ items: [String]) -> String {
    let parts = items.enumerated().map { index, item in
      (index == 0 ? "" : index % itemsPerLine == 0 ? "\n " : " ") + "'\(item)'"
    }
    return "[" + parts.joined() + "]"
  }

  /// The number of items that NumPy's 75 columns have room for.
  static let itemsPerLine = 6
}
