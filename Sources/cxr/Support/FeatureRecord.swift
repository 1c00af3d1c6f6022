// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import Foundation

/// What lies beside a matrix of features: by which network they were made, and how.
struct FeatureRecord: Codable, Hashable {
  /// The network in a few words.
  let network: String
  /// The SHA-256 of its weights.
  let weightsSHA256: String
  /// How images became its input.
  let convention: String
  /// What the images are.
  let source: String
  let imageCount: Int
  let featureCount: Int

  /// Where the record of a matrix lies: `json` for the last part of its name.
  static func path(of matrix: String) -> String {
    let ending = URL(filePath: matrix).pathExtension
    return (ending.isEmpty ? matrix : String(matrix.dropLast(ending.count + 1))) + ".json"
  }

  /// The record of a matrix; `nil` if there is none.
  static func read(of matrix: String) -> FeatureRecord? {
    let path = path(of: matrix)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try? JSONDocument.read(from: path)
  }

  /// Whether features of both may be compared.
  func isComparable(with other: FeatureRecord) -> Bool {
    (network, weightsSHA256, convention) == (other.network, other.weightsSHA256, other.convention)
  }
}
