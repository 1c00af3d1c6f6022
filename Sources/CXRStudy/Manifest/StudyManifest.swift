// SPDX-License-Identifier: Apache-2.0
internal import CXRCohort
internal import CXRCore
internal import CXRFiles
public import CXRReport
internal import Foundation

/// What a study is made of: datasets, cohorts, splits, prompts, generators, arms, test sets, reports.
///
///     let manifest = try StudyManifest(path: "manifests/studies/phantom.yaml", vocabulary: verbs)
///     let graph = try StageGraph(manifest)
///
/// A section has a few keys of its own; all others are options of the verb that makes it, by the names
/// that they have on the command line.
public struct StudyManifest: Sendable {
  /// The version of the language that this program reads.
  public static let schemaVersion = 1

  /// The short name, of a–z, 0–9 and hyphens.
  public let name: String
  /// The name in reports.
  public let title: String
  /// Whose published numbers stand beside one's own, such as `roentgen-v2`.
  public let publication: StudyIndex.Publication?
  /// The folder of everything that the study makes.
  public var folder: String
  /// The name of the file, for messages.
  public let fileName: String

  let phantoms: [ManifestSection]
  var datasets: [StudyDataset]
  let cohorts: [(line: Int, definition: CohortDefinition)]
  let splits: [StudySplit]
  let subsets: VerbOptions
  let prompts: [ManifestSection]
  let generators: [StudyGenerator]
  let stores: [ManifestSection]
  let training: VerbOptions
  /// Classifiers that look at generated images; options of `cxr train`, over those of all arms.
  let judges: [ManifestSection]
  let arms: [StudyArm]
  let prediction: VerbOptions
  let tests: [StudyTest]
  let thresholds: VerbOptions?
  /// Options of `cxr report`, for a page of each test set.
  let evaluation: VerbOptions?
  /// Options of `cxr report`, by which the tables and figures of the study are made.
  let report: VerbOptions?
  /// The score from which the report calls a radiograph positive, in place of chosen thresholds.
  let threshold: Double?
  let populations: [StudyPopulation]
  /// Whether this program has the verb that makes them.
  let canReport: Bool
  let tables: [ManifestSection]

  /// Reads a manifest from a file.
  ///
  /// - Parameters:
  ///   - path: The path of the YAML file.
  ///   - vocabulary: The verbs of this program.
  /// - Throws: `FileError` when the file cannot be read; ``StudyError`` with code `.invalidManifest` and
  ///   everything that is wrong, one problem a line with file, line and key.
  public init(path: String, vocabulary: VerbVocabulary) throws {
    let source = try ByteSource(path: path)
    var bytes: [UInt8] = []
    var chunk: [UInt8] = []
    while try source.read(into: &chunk) { bytes += chunk }
    let file = URL(filePath: path).lastPathComponent
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw StudyError(.invalidManifest, "\(file) is no UTF-8 text; save it as such.")
    }
    try self.init(yaml: text, file: file, vocabulary: vocabulary)
  }

  /// The names of the datasets whose files somebody must have downloaded.
  public var downloadedDatasets: [String] {
    datasets.filter { if case .folder = $0.origin { true } else { false } }.map(\.name)
  }

  /// Takes the files of a dataset from another folder than the manifest says.
  ///
  /// - Parameters:
  ///   - root: The folder.
  ///   - dataset: The dataset.
  /// - Throws: ``StudyError`` with code `.invalidManifest` for a dataset that the study does not have.
  public mutating func setRoot(_ root: String, of dataset: String) throws(StudyError) {
    guard let place = datasets.firstIndex(where: { $0.name == dataset }) else {
      let nearest = datasets.map(\.name).nearest(to: dataset).map { "did you mean \($0)?" }
      throw StudyError(
        .invalidManifest,
        "The study has no dataset \(dataset); "
          + (nearest ?? "it has \(datasets.map(\.name).joined(separator: ", "))."))
    }
    let former = datasets[place]
    datasets[place] = StudyDataset(
      name: former.name, line: former.line, descriptor: former.descriptor,
      manifest: former.manifest, origin: .folder(root), options: former.options)
  }
}
