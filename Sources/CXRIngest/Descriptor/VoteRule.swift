// SPDX-License-Identifier: Apache-2.0
internal import CXRYAML

/// How several readers of one image come to one answer.
struct VoteRule: Sendable {
  enum Rule: String, CaseIterable, Sendable {
    /// More than half of the readers.
    case majority
    /// At least one reader.
    case any
    /// Every reader.
    case all
  }

  /// The column of the reader; images without one have a single reader.
  let reader: ColumnRule
  let rule: Rule
  /// How many readers an image should have; others are told of.
  let readerCounts: Set<Int>
  /// The line of the descriptor.
  let line: Int

  init?(_ fields: YAMLMapping) {
    line = fields.line
    let reader = fields.requiredColumn("reader", remedy: "name the column of the reader")
    rule = fields.choice("rule") ?? .majority
    readerCounts = Set(fields.counts("readers"))
    fields.close()
    guard let reader else { return nil }
    self.reader = reader
  }
}
