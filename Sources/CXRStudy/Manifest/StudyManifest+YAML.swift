// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRReport
internal import CXRYAML

extension StudyManifest {
  /// Reads a manifest from a text.
  ///
  /// - Parameters:
  ///   - yaml: The text.
  ///   - file: The name of the file, for messages.
  ///   - vocabulary: The verbs of this program.
  /// - Throws: ``StudyError`` with code `.invalidManifest` and everything that is wrong.
  public init(yaml: String, file: String, vocabulary: VerbVocabulary) throws(StudyError) {
    let problems = YAMLProblems(file: file)
    let document = YAMLDocument.compose(
      yaml, whenEmpty: "begin with schema: 1 and name: NAME", problems: problems)
    guard let fields = document.flatMap({ YAMLMapping($0, path: "", problems: problems) }) else {
      throw Self.error(problems)
    }
    Self.checkVersion(fields)
    fileName = file
    name = fields.requiredText("name", remedy: "give the study a short name")
    if !name.isEmpty, !ManifestReader.isPlain(name) {
      fields.note("\(name) has other characters than a-z, 0-9 and -", at: "name")
    }
    title = fields.text("title") ?? name
    publication = fields.choice("publication")
    folder = fields.text("folder") ?? "studies/\(name)"
    let reader = ManifestReader(fields: fields, vocabulary: vocabulary)
    phantoms = reader.sections("phantoms", verb: "phantom", except: ["out"])
    datasets = reader.datasets
    cohorts = reader.cohorts
    splits = reader.splits
    subsets =
      reader.options("subsets", verb: "split subsets", except: ["dataset", "of", "part", "shares"])
      ?? VerbOptions()
    prompts = reader.sections("prompts", verb: "prompts build", except: ["name"])
    generators = reader.generators
    stores = reader.sections("stores", verb: "images build", except: ["name", "out", "root"])
    training =
      reader.options("train", verb: "train", except: ["name", "out", "shares"]) ?? VerbOptions()
    judges = reader.sections(
      "judges", verb: "train", except: ["name", "out", "shares", "strategy"])
    arms = reader.arms
    prediction =
      reader.options("predict", verb: "predict", except: ["model", "classifier", "dataset", "out"])
      ?? VerbOptions()
    tests = reader.tests
    thresholds = reader.options("thresholds", verb: "thresholds select", except: ["model", "for"])
    evaluation = reader.options(
      "evaluation", verb: "report", except: ["model", "out", "dataset", "split"])
    (report, threshold) = reader.report
    tables = reader.sections("tables", verb: "cohort table", except: ["out"])
    populations = reader.populations
    canReport = vocabulary.has("study report")
    fields.close()
    guard problems.byLine.isEmpty else { throw Self.error(problems) }
  }

  private static func error(_ problems: YAMLProblems) -> StudyError {
    StudyError(
      .invalidManifest, problems.byLine.map(\.description).joined(separator: "\n"))
  }

  private static func checkVersion(_ fields: YAMLMapping) {
    guard fields.has("schema") else {
      return fields.note("is missing; write schema: \(schemaVersion)", at: "schema")
    }
    if let version = fields.count("schema"), version != schemaVersion {
      fields.note(
        "version \(version) is not known; this program reads version \(schemaVersion)",
        at: "schema")
    }
  }
}
