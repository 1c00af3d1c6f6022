// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// The readers of one image and the labels that each of them gave.
struct VoteCount {
  private var readers: [String] = []
  /// How many readers gave a label, by its index.
  private var votes: [(label: Int, count: Int)] = []
  /// The labels of the reader whose records are being read, so that repeats count once.
  private var labelsByReader: [[Int]] = []

  /// Whether the records name readers; those of a consensus do not.
  var hasReaders: Bool { readers != [""] }

  /// The number of readers.
  var readerCount: Int { readers.count }

  /// Adds what a reader says in one record.
  mutating func add(_ labels: [Int], of reader: String) {
    let index: Int
    if let known = readers.firstIndex(of: reader) {
      index = known
    } else {
      index = readers.count
      readers.append(reader)
      labelsByReader.append([])
    }
    for label in labels where !labelsByReader[index].contains(label) {
      labelsByReader[index].append(label)
      if let place = votes.firstIndex(where: { $0.label == label }) {
        votes[place].count += 1
      } else {
        votes.append((label, 1))
      }
    }
  }

  /// The labels on which the readers come to an answer.
  func labels(by rule: VoteRule.Rule) -> [Int] {
    votes.filter { vote in
      switch rule {
      case .majority: 2 * vote.count > readerCount
      case .any: vote.count > 0
      case .all: vote.count == readerCount
      }
    }.map(\.label).sorted()
  }
}
