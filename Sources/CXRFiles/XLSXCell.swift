// SPDX-License-Identifier: Apache-2.0

/// What a cell of a spreadsheet holds.
public enum XLSXCell: Sendable {
  /// Text, at most 32,767 characters.
  case text(String)
  /// A finite number.
  case number(Double)
  /// Nothing; the cell is left out.
  case blank
}
