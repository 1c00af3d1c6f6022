// SPDX-License-Identifier: Apache-2.0
import CXRIngest

/// The progress line of an ingest.
final class IngestProgress {
  private var stage: DatasetIngester.Stage?
  private var line = ProgressLine("Reading", total: 0)

  /// Draws the line.
  ///
  /// - Parameters:
  ///   - stage: What is being done.
  ///   - count: The number of records so far.
  func update(_ stage: DatasetIngester.Stage, _ count: Int) {
    if stage != self.stage {
      self.stage = stage
      line = ProgressLine(Self.title(of: stage), total: 0)
    }
    if stage == .writing {
      Console.progress("Writing \(count) radiographs to the catalog")
    } else {
      line.update(count)
    }
  }

  /// Removes the line.
  func finish() { line.finish() }

  private static func title(of stage: DatasetIngester.Stage) -> String {
    switch stage {
    case .joining: "Reading what belongs to the radiographs"
    case .reading: "Reading radiographs"
    case .reports: "Reading reports"
    case .writing: "Writing"
    }
  }
}
