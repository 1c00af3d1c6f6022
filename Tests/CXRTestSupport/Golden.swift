// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The golden files of the statistics module; their README names producers and tolerances.
public enum Golden {
  /// The eight labels of the prediction tables, in file order.
  public static let labels = [
    "Atelectasis", "Cardiomegaly", "Consolidation", "Edema", "Effusion", "Pneumonia",
    "Pneumothorax", "No_Finding",
  ]

  /// Reads a golden document.
  ///
  /// - Parameter path: A path below the folder of goldens, such as `golden_exact.json`.
  /// - Returns: The document.
  /// - Throws: `CocoaError` or `DecodingError` if it cannot be read.
  public static func json(_ path: String) throws -> GoldenJSON {
    try JSONDecoder().decode(
      GoldenJSON.self, from: Data(contentsOf: Shared.url("goldens/\(path)")))
  }

  /// Reads a golden input table.
  ///
  /// - Parameter name: The file's name without extension, such as `pred_n200`.
  /// - Returns: The table.
  /// - Throws: `CocoaError` or ``GoldenJSON/Mismatch`` if it cannot be read.
  public static func table(_ name: String) throws -> GoldenTable {
    try GoldenTable(
      String(contentsOf: Shared.url("goldens/data/\(name).csv"), encoding: .utf8))
  }
}
