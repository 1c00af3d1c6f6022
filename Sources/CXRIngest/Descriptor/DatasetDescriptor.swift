// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRYAML
internal import Yams

/// What a dataset's files are and what their columns mean, read from YAML.
///
///     let descriptor = try DatasetDescriptor(yaml: text, fileName: "my.yaml")
///     descriptor.name  // "my-hospital"
///
/// A descriptor is checked whole before a record is read. `cxr dataset schema` explains every key.
public struct DatasetDescriptor: Sendable {
  /// The version of the language of descriptors.
  public static let schemaVersion = 1

  /// The short name under which the catalog keeps the dataset.
  public let name: String
  /// The title that reports print.
  public let title: String
  /// How to cite the dataset, if its authors say.
  public let citation: String?
  /// The licence or the agreement under which the dataset is used.
  public let licence: String?
  /// The label policy that the dataset's authors suggest, as it is typed.
  public let suggestedPolicy: String?
  /// The choices that were made among the variants, `key=choice`, by key.
  public let choices: [String]
  /// The text of the descriptor.
  public let text: String
  /// The name of the descriptor's file.
  public let fileName: String

  let nulls: Set<String>
  let tables: [TableRule]
  let image: ImageRule
  let patient: ColumnRule?
  let study: ColumnRule?
  let view: ViewRule
  let sex: SexRule?
  let age: AgeRule?
  let recordedAge: ColumnRule?
  let race: RaceRule?
  let acquiredDate: ColumnRule?
  let acquiredTime: ColumnRule?
  let followUp: ColumnRule?
  let labels: LabelRule?
  let votes: VoteRule?
  let split: ColumnRule?
  let reports: ReportRule?
  let boxes: BoxRule?
  let exclusions: [ExclusionRule]
  let attributes: [(name: String, column: ColumnRule, words: Set<String>?)]

  /// The name of the table with a record per radiograph, or per reader and radiograph.
  static let imagesTable = "images"

  /// Reads a descriptor.
  ///
  /// - Parameters:
  ///   - text: The YAML.
  ///   - fileName: The name of the file, for messages.
  ///   - choices: Choices among the descriptor's variants, by the variant's key.
  /// - Throws: ``DescriptorError`` with everything that is wrong, each with its line and a remedy.
  public init(
    yaml text: String, fileName: String, choices: [String: String] = [:]
  ) throws(DescriptorError) {
    let problems = YAMLProblems(file: fileName)
    let document = YAMLDocument.compose(
      text, whenEmpty: "describe a dataset", problems: problems
    ).map {
      Self.chosen(choices, from: $0, problems: problems)
    }
    guard let document, let fields = YAMLMapping(document, path: "", problems: problems) else {
      try problems.check()
      throw DescriptorError(problems: [])
    }
    let reader = DescriptorReader(fields)
    self.text = text
    self.fileName = fileName
    self.choices = choices.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    (name, title) = reader.names
    citation = fields.text("citation")
    licence = fields.text("licence")
    suggestedPolicy = fields.text("policy")
    nulls = fields.texts("nulls").map(Set.init) ?? Self.usualNulls
    tables = reader.tables
    image = reader.image
    patient = fields.column("patient")
    study = fields.column("study")
    view = reader.view
    sex = fields.mapping("sex").flatMap(SexRule.init)
    age = fields.mapping("age").flatMap(AgeRule.init)
    recordedAge = fields.column("recordedAge")
    race = fields.mapping("race").flatMap(RaceRule.init)
    (acquiredDate, acquiredTime) = reader.acquired
    followUp = fields.column("followUp")
    labels = fields.mapping("labels").map(LabelRule.init)
    votes = fields.mapping("votes").flatMap(VoteRule.init)
    split = fields.column("split")
    reports = fields.mapping("reports").flatMap(ReportRule.init)
    boxes = fields.mapping("boxes").flatMap(BoxRule.init)
    exclusions = fields.mappings("exclusions").map(ExclusionRule.init)
    attributes = reader.attributes
    _ = fields.node("variants")
    fields.close()
    checkReferences(problems)
    try problems.check()
  }

  static let usualNulls: Set<String> = ["", "nan", "NaN", "None", "NULL", "N/A"]
}
