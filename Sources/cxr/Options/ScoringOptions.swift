// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRClassifier
import CXRCore
import CXRGeneration
import CXRImage
import Foundation

/// By which models and measures checkpoints are scored.
struct ScoringOptions: ParsableArguments {
  @OptionGroup var judging: JudgingModelOptions

  @Option(
    help: ArgumentHelp(
      "The findings whose AUROC is taken, separated by commas.", valueName: "names"),
    transform: ScoringOptions.readFindings)
  var findings: [Finding] = [
    .atelectasis, .cardiomegaly, .edema, .pleuralEffusion, .pneumothorax,
  ]

  @OptionGroup var policy: PolicyOptions

  @Option(
    help: ArgumentHelp(
      "The network of FID, such as Inception v3 as pytorch-fid has it.",
      valueName: "file"))
  var fidNetwork: String?

  @Option(help: "How pictures for Inception v3 are resized.")
  var resize: ResizeConvention = .cleanFID

  @Option(
    help: ArgumentHelp(
      "The network of cosines and nearest images (default: that of FID).",
      valueName: "file"))
  var embeddingNetwork: String?

  @Option(
    name: .customLong("by"),
    help: ArgumentHelp(
      "The measures by which one is chosen, separated by commas (default: all but single findings).",
      valueName: "measures"))
  var deciding: String?

  /// The networks.
  ///
  /// - Throws: `FileError` for a file that is missing or holds no such network.
  func networks() throws -> (fid: FeatureFile?, embedding: FeatureFile?) {
    let fid = try fidNetwork.map { try FeatureFile(path: $0, resize: resize) }
    return (fid, try embeddingNetwork.map { try FeatureFile(path: $0, resize: resize) } ?? fid)
  }

  /// All measures, in the order of reports.
  var measures: [ScoreMeasure] {
    findings.map { .auroc(of: $0.name) } + ScoreMeasure.standard
  }

  /// The measures by which one is chosen.
  ///
  /// - Throws: `ValidationError` for a name that is none.
  func decidingMeasures() throws -> [ScoreMeasure] {
    guard let deciding else { return ScoreMeasure.standard }
    let names = deciding.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    let chosen = try names.map { name in
      guard let measure = measures.first(where: { $0.name.lowercased() == name.lowercased() })
      else {
        throw ValidationError(
          "--by: there is no measure '\(name)'; the measures are "
            + "\(measures.map(\.name).joined(separator: ", ")).")
      }
      return measure
    }
    guard !chosen.isEmpty, Set(chosen).count == chosen.count else {
      throw ValidationError("--by takes one measure at least, and each once.")
    }
    return chosen
  }

  mutating func validate() throws { _ = try decidingMeasures() }

  @Sendable private static func readFindings(_ text: String) throws -> [Finding] {
    let findings = try text.split(separator: ",").map { name in
      try Finding(reading: name.trimmingCharacters(in: .whitespaces))
    }
    guard !findings.isEmpty, Set(findings).count == findings.count else {
      throw ValidationError("--findings takes one name at least, and each once.")
    }
    return findings
  }
}
