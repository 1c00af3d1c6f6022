// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCohort
import CXRCore
import CXREvaluation
import CXRFairness
import CXRFiles
import CXRGeneration
import CXRReport
import CXRStatistics
import Foundation

/// A study's index together with the catalog that holds what it names.
struct StudySession {
  /// What the study has made.
  let index: StudyIndex
  /// What there is besides predictions.
  let material: StudyMaterial
  /// What is missing or must be known.
  let notes: [String]
  private let file: URL
  private let catalogPath: String
  private let threads: Int
  /// The models that have predictions, by dataset.
  private let models: [String: Set<String>]

  /// Opens a study.
  ///
  /// - Parameters:
  ///   - location: `study.json`, or the folder in which it lies.
  ///   - catalogPath: The catalog.
  ///   - threads: The number of threads.
  /// - Throws: `FileError` for an unusable index, `CatalogError` for an unusable catalog,
  ///   `ReportError` with code `.badIndex` when no test set has predictions of the base.
  init(_ location: URL, catalogPath: String, threads: Int) throws {
    file = StudyIndex.file(at: location)
    index = try StudyIndex(contentsOf: location)
    self.catalogPath = catalogPath
    self.threads = threads
    let catalog = try Catalog(path: catalogPath, access: .read)
    let info = try catalog.info()
    models = Dictionary(
      uniqueKeysWithValues: info.datasets.map { ($0.name, Set($0.runs.map(\.model))) })
    material = try Self.material(index, catalog: catalog, folder: file.deletingLastPathComponent())
    notes = Self.notes(index, models: models)
    guard index.testSets.contains(where: { models[$0.dataset]?.contains(index.base.model) == true })
    else {
      throw ReportError(
        .badIndex,
        "No test set has predictions of the base \(index.base.model); run `cxr predict` for it.")
    }
  }

  /// The test sets and arms that cannot be shown.
  private static func notes(_ index: StudyIndex, models: [String: Set<String>]) -> [String] {
    index.testSets.flatMap { set -> [String] in
      guard let known = models[set.dataset] else {
        return ["\(set.label) is left out: the catalog has no dataset \(set.dataset)."]
      }
      guard known.contains(index.base.model) else {
        return ["\(set.label) is left out: the base \(index.base.model) has no predictions there."]
      }
      let missing = index.arms.map(\.model).filter { !known.contains($0) }
      return missing.isEmpty
        ? []
        : ["\(set.label): no predictions of \(NumberText.list(missing)); left out there."]
    }
  }

  /// Evaluates every test set that has predictions of the base.
  ///
  /// - Parameter command: The command, for provenance.
  /// - Returns: The numbers.
  /// - Throws: `ReportError` with code `.badIndex` for an unknown choice, `FairnessError` for an
  ///   unknown attribute, `CatalogError`, or `CancellationError`.
  func results(command: [String]) async throws -> StudyResults {
    var sets: [StudyResults.TestSet] = []
    var samples: [TestSetResamples] = []
    var options = EvaluationOptions()
    for set in index.testSets {
      guard let known = models[set.dataset], known.contains(index.base.model) else { continue }
      let arms = index.arms.filter { known.contains($0.model) }
      let main = index.headlineArms.filter { known.contains($0.model) }.map(\.model)
      let session = try session(set, models: arms.map(\.model))
      options = session.options
      let table = session.table.deciding(at: index.statistics.threshold)
      var warnings = session.warnings
      let groupings = try set.groups.compactMap { attribute -> Subgroups? in
        do throws(FairnessError) {
          return try Subgroups(
            of: table, by: SubgroupAttribute.list(parsing: attribute), ageBins: ageBins)
        } catch {
          guard error.code == .noGroups else { throw error }
          warnings.append(error.message)
          return nil
        }
      }
      let result = try await TestSetEvaluation(
        table, name: set.label, isExternal: set.role == .external, base: index.base.model,
        mainModels: main, groupings: groupings, options: session.options,
        minimumGroup: index.statistics.minimumGroup ?? 10,
        minimumCell: index.statistics.minimumCell ?? 10
      ).result(
        provenance: session.provenance(verb: "report"), warnings: warnings,
        progress: { Console.progress("\(set.label): \($0)") })
      samples.append(result.resamples)
      let limit = index.statistics.suppressBelow ?? 10
      sets.append(
        StudyResults.TestSet(
          set: set, evaluation: result.evaluation, comparisons: result.comparisons,
          audit: limit > 1
            ? result.audit.map { SmallCellSuppression(limit: limit).applied(to: $0) }
            : result.audit))
    }
    return StudyResults(
      index: index, testSets: sets,
      changes: AggregateChange.changes(
        over: samples, models: index.headlineArms.map(\.model), base: index.base.model,
        options: options),
      notes: notes, adjustment: options.adjustment,
      provenance: try provenance(command: command, seed: options.seed, sets: sets))
  }

  private var ageBins: AgeBins {
    index.statistics.ageBins.flatMap { AgeBins(lowerBounds: $0) } ?? .standard
  }

  /// The predictions of one test set, read as `cxr report` reads them.
  private func session(
    _ set: StudyIndex.TestSet, models: [String]
  ) throws -> AnalysisSession {
    let statistics = index.statistics
    let resamples = statistics.resamples ?? 1000
    var arguments = ["--catalog", catalogPath, "--dataset", set.dataset]
    arguments += models.flatMap { ["--model", $0] }
    arguments += ["--labels", index.labels.joined(separator: ",")]
    if let split = set.split, let part = set.part { arguments += ["--split", "\(split):\(part)"] }
    if let view = set.view { arguments += ["--view", view.rawValue] }
    if let policy = statistics.policy { arguments += ["--policy", policy] }
    arguments += ["--bootstrap", String(resamples)]
    arguments += ["--permutations", String(statistics.permutations ?? resamples)]
    arguments += ["--unit", statistics.unit ?? "patient", "--seed", String(statistics.seed ?? 1)]
    arguments += ["--threads", String(threads)]
    let options: AnalysisOptions
    do {
      options = try AnalysisOptions.parse(arguments)
    } catch {
      throw ReportError(
        .badIndex,
        "\(file.path), \(set.label): \(AnalysisOptions.message(for: error).singleLineText)")
    }
    var session = try AnalysisSession(options)
    session.options.intervalMethod = try choice(
      statistics.interval, "statistics.interval", .percentile)
    session.options.macroPolicy = try choice(
      statistics.undefined, "statistics.undefined", .commonLabels)
    session.options.adjustment = try choice(
      statistics.adjustment, "statistics.adjustment", .holm)
    return session
  }

  private func choice<Choice: CaseIterable & RawRepresentable<String>>(
    _ text: String?, _ field: String, _ standard: Choice
  ) throws(ReportError) -> Choice {
    guard let text else { return standard }
    guard let choice = Choice(rawValue: text) else {
      throw ReportError(
        .badIndex,
        "\(file.path): \(field) is \(text); choose one of "
          + "\(Choice.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    return choice
  }

  private func provenance(
    command: [String], seed: UInt64, sets: [StudyResults.TestSet]
  ) throws -> CXREvaluation.Provenance {
    CXREvaluation.Provenance(
      software: "cxr " + Version.current,
      command: command.map(\.shellQuoted).joined(separator: " "), seed: seed,
      dataset: sets.map(\.set.dataset).distinct.joined(separator: ", "),
      sources: [
        .init(
          role: "index of the study", file: file.lastPathComponent,
          sha256: try FileDigest(path: file.path).sha256)
      ]
        + sets.flatMap { set in
          set.evaluation.provenance.sources.filter { !$0.role.hasPrefix("predictions of ") }.map {
            .init(role: "\(set.set.label), \($0.role)", file: $0.file, sha256: $0.sha256)
          }
        }, settings: [:])
  }
}

extension PredictionTable {
  /// The same predictions with one threshold for all models and labels.
  fileprivate func deciding(at threshold: Double?) -> PredictionTable {
    guard let threshold else { return self }
    return PredictionTable(
      patients: patients, sexes: sexes, races: races, agesYears: agesYears, views: views,
      labels: labels, noFindingStates: noFindingStates,
      models: models.map { model in
        Model(
          name: model.name, scores: model.scores,
          thresholds: model.scores.mapValues { _ in threshold })
      })
  }
}

extension String {
  /// The text with its line breaks folded away.
  fileprivate var singleLineText: String {
    split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
