// SPDX-License-Identifier: Apache-2.0

/// How a dataset came into the catalog, in numbers.
public struct DatasetOrigin: Codable, Hashable, Sendable {
  /// The name of the dataset.
  public let dataset: String
  /// The title that reports print.
  public let title: String
  /// The number of records read.
  public let recordsRead: Int
  /// The way from the records read to the records kept, as the ingest reported it.
  public let flow: [Provenance.FlowStep]

  /// Creates an origin.
  ///
  /// - Parameters:
  ///   - dataset: The name of the dataset.
  ///   - title: The title that reports print.
  ///   - recordsRead: The number of records read, not negative.
  ///   - flow: The way from the records read to the records kept.
  public init(
    dataset: String, title: String, recordsRead: Int, flow: [Provenance.FlowStep]
  ) {
    self.dataset = dataset
    self.title = title
    self.recordsRead = recordsRead
    self.flow = flow
  }
}
