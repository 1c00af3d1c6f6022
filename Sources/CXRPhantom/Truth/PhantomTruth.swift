// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// What a phantom wrote: the counts that an ingest with the default options must find.
public struct PhantomTruth: Codable, Hashable, Sendable {
  /// The seed of every draw.
  public let seed: UInt64
  /// The datasets by the name of their folder, such as `mimic-cxr`.
  public internal(set) var datasets: [String: DatasetTruth]

  /// The truth of a dataset, or `nil` when it was not written.
  ///
  /// - Parameter dataset: The dataset.
  public subscript(dataset: PhantomDataset) -> DatasetTruth? { datasets[dataset.rawValue] }

  /// The document with sorted keys, its last line ended.
  ///
  /// - Returns: JSON in UTF-8.
  public func json() -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("texts and whole numbers can always be encoded")
    }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}
