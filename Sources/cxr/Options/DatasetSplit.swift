// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// One part of a split of every dataset, written `NAME:PART`, or of one dataset, written
/// `DATASET=NAME:PART`.
struct DatasetSplit: ExpressibleByArgument, CustomStringConvertible {
  /// The dataset, or `nil` for every one.
  let dataset: String?
  /// The part.
  let part: SplitPart

  init?(argument: String) {
    let pieces = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let last = pieces.last, let part = SplitPart(argument: String(last)),
      pieces.count == 1 || !pieces[0].isEmpty
    else { return nil }
    dataset = pieces.count == 2 ? String(pieces[0]) : nil
    self.part = part
  }

  /// Reads an argument, or says which form it takes.
  @Sendable static func read(_ text: String) throws -> DatasetSplit {
    guard let split = DatasetSplit(argument: text) else {
      throw ValidationError(
        "write the split and its part as NAME:PART, such as study:test, or with the dataset before "
          + "it, as in nih=study:test.")
    }
    return split
  }

  var description: String { (dataset.map { "\($0)=" } ?? "") + part.description }
}
