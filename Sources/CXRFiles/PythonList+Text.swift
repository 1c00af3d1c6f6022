// SPDX-License-Identifier: Apache-2.0

extension PythonList {
  /// Writes a list as Python prints it, such as `['pleural effusion', 'cardiomegaly']`.
  ///
  /// - Parameter items: The items, without line ends.
  /// - Returns: The text.
  public static func text(_ items: [String]) -> String {
    "[" + items.map(quoted).joined(separator: ", ") + "]"
  }

  /// Writes a list of lists, such as `[['cardiomegaly', 'loc cardiac'], ['normal']]`.
  ///
  /// - Parameter lists: The lists.
  /// - Returns: The text.
  public static func text(_ lists: [[String]]) -> String {
    "[" + lists.map(text).joined(separator: ", ") + "]"
  }

  /// Writes a NumPy array, such as `['C0018800' 'C2073625']`.
  ///
  /// - Parameter items: The items, of eight or nine characters each.
  /// - Returns: The text, with a line end after every ``itemsPerLine`` items.
  public static func wrapped(_ items: [String]) -> String {
    let parts = items.enumerated().map { index, item in
      (index == 0 ? "" : index % itemsPerLine == 0 ? "\n " : " ") + quoted(item)
    }
    return "[" + parts.joined() + "]"
  }

  /// The number of items that NumPy's 75 columns have room for.
  public static let itemsPerLine = 6

  /// An item within the quotes that Python chooses: double ones around a single one.
  private static func quoted(_ item: String) -> String {
    let escaped = item.replacing("\\", with: "\\\\")
    guard item.contains("'") else { return "'\(escaped)'" }
    guard item.contains("\"") else { return "\"\(escaped)\"" }
    return "'\(escaped.replacing("'", with: "\\'"))'"
  }
}
