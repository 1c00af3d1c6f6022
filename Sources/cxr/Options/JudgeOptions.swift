// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRClassifier
import CXRCore
import CXRGeneration
import CXRTensor

/// What checks generated images, and by which models.
struct JudgeOptions: ParsableArguments {
  @OptionGroup var models: JudgingModelOptions

  @Option(
    help:
      "A finding that a classifier checks, with its threshold, such as Edema=0.5; may be repeated.",
    transform: JudgeOptions.readCheck)
  var check: [QualityPredicate] = []

  @Option(help: "The years by which an age may be missed.")
  var ageTolerance = 16

  mutating func validate() throws {
    guard (0...120).contains(ageTolerance) else {
      throw ValidationError("--age-tolerance takes 0 to 120 years.")
    }
    guard check.isEmpty || !models.classifier.isEmpty else {
      throw ValidationError(
        "--check needs a --classifier: name the model that tells the finding.")
    }
    guard Set(check.map(\.name)).count == check.count else {
      throw ValidationError("--check takes each finding once.")
    }
  }

  /// What is checked; that for which no model is given is logged as untested.
  var predicates: [QualityPredicate] {
    [.sex, .race, .age(toleranceYears: ageTolerance)] + check
  }

  /// The files of the models.
  ///
  /// - Throws: `FileError` for a file that is missing or holds no such model; ``GenerationError``
  ///   with code `.unusableModel` if none tells a finding that is to be checked.
  func files() throws -> [ModelFile] {
    let files = try models.files()
    let told = files.flatMap { ModelJudge.aspects(of: $0.outputs) }
    for case .finding(let finding, _) in check where !told.contains(.finding(finding)) {
      throw GenerationError(
        .unusableModel,
        "No --classifier tells \(finding.name); name one that does, or leave the check out.")
    }
    let checked = check.compactMap {
      if case .finding(let finding, _) = $0 { finding } else { nil }
    }
    for file in files {
      let isUsed = ModelJudge.aspects(of: file.outputs).contains { aspect in
        if case .finding(let finding) = aspect { checked.contains(finding) } else { true }
      }
      guard isUsed else {
        throw GenerationError(
          .unusableModel,
          "\(file.path) tells nothing that is checked; name a finding with --check, such as "
            + "--check Edema=0.5, or leave the model out.")
      }
    }
    return files
  }

  @Sendable private static func readCheck(_ text: String) throws -> QualityPredicate {
    guard let predicate = QualityPredicate(text), case .finding = predicate else {
      throw ValidationError(
        "--check takes a finding with its threshold, such as Edema=0.5; sex, race and age are "
          + "always checked.")
    }
    return predicate
  }
}
