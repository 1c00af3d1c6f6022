// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// What of a file of weights a classifier took over.
public struct WeightReport: Hashable, Codable, Sendable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// How many of the classifier's tensors are from the file.
  public let tensorCount: Int
  /// How many tensors the classifier has.
  public let networkTensorCount: Int
  /// What was renamed, left out or changed, in phrases for a person to read.
  public let notes: [String]

  /// One line: how many tensors, of which file, and the notes.
  public var description: String {
    ([
      "\(NumberText.count(tensorCount)) of \(NumberText.count(networkTensorCount)) tensors from "
        + "\(path)"
    ] + notes).joined(separator: "; ")
  }
}
