// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// What a descriptor says, in short: for people to check that it says what they meant.
public struct DescriptorSummary: Codable, Hashable, Sendable {
  /// A table.
  public struct Table: Codable, Hashable, Sendable {
    /// The name of the table.
    public let name: String
    /// Its files below the root.
    public let files: [String]
    /// The column that joins it to the images, if any.
    public let joinColumn: String?
    /// Whether it may be missing.
    public let isOptional: Bool
  }

  /// A column and what it is read for.
  public struct Column: Codable, Hashable, Sendable {
    /// Where in the descriptor it is named, such as `age.value`.
    public let key: String
    /// The table.
    public let table: String
    /// The names that it may have.
    public let names: [String]
  }

  /// A label, or a text that labels contain, and the findings that it counts towards.
  public struct Label: Codable, Hashable, Sendable {
    /// The label.
    public let name: String
    /// The names of the findings; none for a label that is only kept.
    public let findings: [String]
  }

  /// What words a view has.
  public struct View: Codable, Hashable, Sendable {
    /// The view.
    public let view: String
    /// The words; none where all radiographs have the view.
    public let words: [String]
  }

  /// A variant and its choices, the first of them the usual one.
  public struct Variant: Codable, Hashable, Sendable {
    /// The key.
    public let key: String
    /// The choices.
    public let choices: [String]
  }

  /// The short name.
  public let name: String
  /// The title.
  public let title: String
  /// The licence, if the descriptor names one.
  public let licence: String?
  /// How to cite the dataset, if the descriptor says.
  public let citation: String?
  /// The label policy that is suggested.
  public let policy: String?
  /// The tables.
  public let tables: [Table]
  /// The columns that are read, besides those of labels.
  public let columns: [Column]
  /// The views and their words, in the order of the core vocabulary.
  public let views: [View]
  /// How labels are written: `states`, `flags`, `list` or `annotations`; `nil` without labels.
  public let labelKind: String?
  /// The labels.
  public let labels: [Label]
  /// The findings of which the dataset says something.
  public let annotatedFindings: [String]
  /// The rule by which readers agree, if there are several.
  public let votes: String?
  /// Why radiographs are not taken.
  public let exclusions: [String]
  /// The variants.
  public let variants: [Variant]
}

extension DatasetDescriptor {
  /// What the descriptor says, in short.
  public var summary: DescriptorSummary {
    DescriptorSummary(
      name: name, title: title, licence: licence, citation: citation, policy: suggestedPolicy,
      tables: tables.map { table in
        DescriptorSummary.Table(
          name: table.name, files: table.file + table.files,
          joinColumn: table.join?.column.columns.first, isOptional: table.isOptional)
      },
      columns: columnRules.map { key, rule in
        DescriptorSummary.Column(
          key: key, table: rule.table ?? Self.imagesTable, names: rule.columns)
      }.distinct,
      views: viewSummaries, labelKind: labels?.kind.rawValue, labels: labelSummaries,
      annotatedFindings: annotatedFindings.map(\.name), votes: votes?.rule.rawValue,
      exclusions: exclusions.map(\.reason),
      variants: Self.variants(inYAML: text).map { key, choices in
        DescriptorSummary.Variant(key: key, choices: choices)
      })
  }

  private var viewSummaries: [DescriptorSummary.View] {
    View.allCases.compactMap { kind in
      let rules = view.cases
      let words = rules.flatMap { rule in rule.map.filter { $0.value == kind }.map(\.key) }
      let isConstant = rules.contains { $0.constant == kind }
      guard isConstant || !words.isEmpty else { return nil }
      return DescriptorSummary.View(view: kind.rawValue, words: Set(words).sorted())
    }
  }

  private var labelSummaries: [DescriptorSummary.Label] {
    guard let labels else { return [] }
    let states = (labels.columns ?? []).map { finding, columns in
      LabelRule.Term(name: columns.joined(separator: " or "), findings: [finding])
    }
    let terms = labels.substrings.isEmpty ? labels.terms : labels.substrings
    return (states + terms).map { term in
      DescriptorSummary.Label(name: term.name, findings: term.findings.map(\.name))
    }
  }

  /// The findings that may be other than unannotated.
  private var annotatedFindings: [Finding] {
    guard let labels else { return [] }
    guard labels.kind == .states else { return labels.annotated }
    return labels.columns.map { $0.map(\.finding) } ?? Finding.allCases
  }
}
